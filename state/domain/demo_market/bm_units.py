"""The BM Units of the demo market: a few hundred, over the fourteen GSP Groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final, Literal

import polars as pl

from state.domain.demo_market.companies import Company, live_with_role
from state.domain.demo_market.noise import draw
from state.domain.demo_market.stations import INTERCONNECTORS, STATIONS, Interconnector

UnitType = Literal["T", "E", "I", "G", "S", "V"]

GSP_GROUPS: Final = {
    "_A": "Eastern", "_B": "East Midlands", "_C": "London", "_D": "Merseyside and North Wales",
    "_E": "Midlands", "_F": "Northern", "_G": "North Western", "_H": "Southern",
    "_J": "South Eastern", "_K": "South Wales", "_L": "South Western", "_M": "Yorkshire",
    "_N": "South Scotland", "_P": "North Scotland",
}  # fmt: skip

GROUP_WEIGHTS: Final = {
    "_A": 113, "_B": 88, "_C": 82, "_D": 53, "_E": 87, "_F": 53, "_G": 80, "_H": 101, "_J": 73,
    "_K": 41, "_L": 52, "_M": 80, "_N": 65, "_P": 32,
}  # fmt: skip
"""How much of demand each GSP Group takes, in thousandths."""

SUPPLIER_WEIGHTS: Final = (21, 17, 14, 12, 10, 8, 6, 5, 4, 3)
"""How much of demand each Supplier serves, in hundredths, in the order of the companies."""

_MOST_DEMAND_MW: Final = 75_000
"""What all Suppliers' units together are registered for; no hour takes as much in every place."""

USERS_AN_INTERCONNECTOR: Final = 2
_EMBEDDED: Final = (
    ("OT", "peaking plant", "OCGT", 20, "OTTERBRY"),
    ("TH", "battery", "OTHER", 30, "THRIFTWD"),
)
_EMBEDDED_WIND_GROUPS: Final = ("_A", "_B", "_F", "_K", "_L", "_M", "_N", "_P")
_ADDITIONAL_GROUPS: Final = ("_B", "_G", "_J", "_N")
_UNITS_A_VIRTUAL_LEAD_PARTY: Final = 3
_OPENING: Final = date(2001, 3, 27)
_DAYS_TO_A_FIRST_UNIT: Final = 100


@dataclass(frozen=True, slots=True)
class BmUnit:
    """One unit of the market. Capacity is positive: of generation, or of demand for a Supplier."""

    bm_unit: str
    name: str
    unit_type: UnitType
    lead_party: str
    gsp_group: str
    fuel_code: str | None
    capacity_mw: int
    production_consumption_flag: Literal["P", "C"]
    since: date


def demo_bm_units(seed: int, companies: tuple[Company, ...]) -> tuple[BmUnit, ...]:
    """Every BM Unit, by kind."""
    lead_since = {
        company.party_id: max((role.since for role in company.roles), default=_OPENING)
        for company in companies
    }
    units = (
        *_transmission_units(),
        *_embedded_units(seed),
        *_interconnector_units(live_with_role(companies, "TI")),
        *_supplier_units(live_with_role(companies, "TS")),
        *_virtual_units(seed, live_with_role(companies, "VP")),
    )
    return tuple(
        BmUnit(*unit, since=lead_since[unit[3]] + _months_later(seed, number))
        for number, unit in enumerate(units)
    )


def unit_frame(bm_units: tuple[BmUnit, ...]) -> pl.DataFrame:
    """The BM Units as rows, each with a whole number that its noise is keyed by."""
    return pl.DataFrame(
        {
            "unit_key": range(1, len(bm_units) + 1),
            "bm_unit": [unit.bm_unit for unit in bm_units],
            "unit_type": [unit.unit_type for unit in bm_units],
            "lead_party": [unit.lead_party for unit in bm_units],
            "gsp_group": [unit.gsp_group for unit in bm_units],
            "fuel_code": [unit.fuel_code for unit in bm_units],
            "capacity_mw": [unit.capacity_mw for unit in bm_units],
            "production_consumption_flag": [unit.production_consumption_flag for unit in bm_units],
        },
        schema_overrides={"unit_key": pl.Int64, "capacity_mw": pl.Int64, "fuel_code": pl.String},
    )


_Unit = tuple[str, str, UnitType, str, str, str | None, int, Literal["P", "C"]]


def _months_later(seed: int, number: int) -> timedelta:
    return timedelta(days=int(draw(seed, "unit since", number) * _DAYS_TO_A_FIRST_UNIT))


def _transmission_units() -> Iterator[_Unit]:
    for station in STATIONS:
        for number in range(1, station.unit_count + 1):
            yield (
                f"T_{station.site}-{number}",
                f"{station.name} {number}",
                "T",
                station.owner,
                station.gsp_group,
                station.fuel_code,
                station.unit_capacity_mw,
                "P",
            )


def _embedded_units(seed: int) -> Iterator[_Unit]:
    for number, (group, group_name) in enumerate(GSP_GROUPS.items()):
        for letters, kind, fuel_code, smallest_mw, owner in _EMBEDDED:
            capacity_mw = smallest_mw + int(draw(seed, f"embedded {kind}", number) * 29)
            unit = f"E_{letters}{group_name[:3].upper()}{group[1]}-1"
            yield unit, _named(group_name, kind), "E", owner, group, fuel_code, capacity_mw, "P"
        if group in _EMBEDDED_WIND_GROUPS:
            capacity_mw = 30 + int(draw(seed, "embedded wind", number) * 19)
            unit = f"E_WI{group_name[:3].upper()}{group[1]}-1"
            yield unit, _named(group_name, "wind"), "E", "HOLLMOSS", group, "WIND", capacity_mw, "P"


def _named(group_name: str, kind: str) -> str:
    """The first and last word of a GSP Group's name, then what stands there."""
    words = group_name.split()
    return " ".join(dict.fromkeys((words[0], words[-1], kind)))


def users_of(number: int, users: tuple[Company, ...]) -> tuple[Company, ...]:
    """The companies that hold a share of the interconnector of that number."""
    places = (number, number + 3)
    return tuple(users[place % len(users)] for place in places[:USERS_AN_INTERCONNECTOR])


def _interconnector_units(users: tuple[Company, ...]) -> Iterator[_Unit]:
    for number, cable in enumerate(INTERCONNECTORS):
        for user in users_of(number, users):
            yield _interconnector_unit(cable, user, "G", "P")
            yield _interconnector_unit(cable, user, "D", "C")


def _interconnector_unit(
    cable: Interconnector, user: Company, way: str, flag: Literal["P", "C"]
) -> _Unit:
    return (
        f"I_{cable.letters}{way}-{user.participant_id}",
        f"{cable.name} {'import' if flag == 'P' else 'export'} {user.participant_id}",
        "I",
        user.party_id,
        cable.gsp_group,
        cable.fuel_code,
        cable.capacity_mw // USERS_AN_INTERCONNECTOR,
        flag,
    )


def _supplier_units(suppliers: tuple[Company, ...]) -> Iterator[_Unit]:
    for number, supplier in enumerate(suppliers):
        for group, group_name in GSP_GROUPS.items():
            name = f"{supplier.participant_id} {group_name}"[:30].strip()
            unit = f"2_{group}{supplier.participant_id}"
            demand_mw = supplier_demand_mw(number, group)
            yield f"{unit}000", name, "G", supplier.party_id, group, None, demand_mw, "C"
        group = _ADDITIONAL_GROUPS[number % len(_ADDITIONAL_GROUPS)]
        name = f"{supplier.participant_id} flexible homes"
        unit = f"2_{group}{supplier.participant_id}001"
        yield unit, name, "S", supplier.party_id, group, None, 40, "C"


def supplier_demand_mw(number: int, group: str) -> int:
    """The demand that a Supplier's unit is registered for: its share of a bad day's peak."""
    weight = GROUP_WEIGHTS[group] * SUPPLIER_WEIGHTS[number % len(SUPPLIER_WEIGHTS)]
    return _MOST_DEMAND_MW * weight // (sum(GROUP_WEIGHTS.values()) * sum(SUPPLIER_WEIGHTS))


def _virtual_units(seed: int, lead_parties: tuple[Company, ...]) -> Iterator[_Unit]:
    groups = tuple(GSP_GROUPS)
    place = count()
    for party in lead_parties:
        for number in range(1, _UNITS_A_VIRTUAL_LEAD_PARTY + 1):
            position = next(place)
            group = groups[position % len(groups)]
            yield (
                f"V_{group}{party.participant_id}{number:03}",
                f"{party.participant_id} {GSP_GROUPS[group]}"[:30].strip(),
                "V",
                party.party_id,
                group,
                None,
                5 + int(draw(seed, "virtual capacity", position) * 35),
                "P",
            )

"""What is published of single BM Units: the register, their limits, and messages of outages."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import polars as pl

from state.domain.demo_market.bm_units import GSP_GROUPS, BmUnit
from state.domain.demo_market.companies import Company
from state.domain.demo_market.grid import at_minute, period_grid
from state.domain.demo_market.noise import draw

_OUTAGE_CHANCE: Final = 0.16
_LONGEST_DAYS: Final = 9
_CAUSES: Final = (
    "Boiler inspection",
    "Gearbox",
    "Planned maintenance",
    "Transformer fault",
    "Fuel",
)
_TYPES: Final = {
    "CCGT": "Fossil Gas",
    "OCGT": "Fossil Gas",
    "NUCLEAR": "Nuclear",
    "BIOMASS": "Biomass",
    "WIND": "Wind Offshore",
    "NPSHYD": "Hydro Run-of-river and poundage",
    "PS": "Hydro Pumped Storage",
    "OIL": "Fossil Oil",
}
_REVISED_AFTER: Final = timedelta(hours=30)


def unit_register(
    units: tuple[BmUnit, ...], companies: tuple[Company, ...], listed_on: date
) -> pl.DataFrame:
    """The list of every BM Unit on a day, as it is published whole."""
    names = {company.party_id: company.legal_name for company in companies}
    return pl.DataFrame(
        [_registered(unit, names[unit.lead_party], listed_on) for unit in units],
        infer_schema_length=None,
    )


def _registered(unit: BmUnit, lead_party: str, listed_on: date) -> dict[str, Any]:
    produces = unit.production_consumption_flag == "P"
    capacity = f"{unit.capacity_mw}.000"
    return {
        "listed_on": listed_on,
        "published_at": datetime.combine(listed_on, time(6), UTC),
        "national_grid_bm_unit": short_name(unit),
        "bm_unit": unit.bm_unit,
        "fuel_type": unit.fuel_code,
        "lead_party_name": lead_party,
        "lead_party_id": unit.lead_party,
        "bm_unit_type": unit.unit_type,
        "fpn_flag": unit.unit_type in {"T", "E", "I"},
        "bm_unit_name": unit.name,
        "generation_capacity_mw": capacity if produces else "0.000",
        "demand_capacity_mw": "0.000" if produces else f"-{capacity}",
        "production_or_consumption_flag": unit.production_consumption_flag,
        "gsp_group_id": unit.gsp_group,
        "gsp_group_name": GSP_GROUPS.get(unit.gsp_group),
    }


def short_name(unit: BmUnit) -> str:
    """What the System Operator calls a unit: its name without the letter of its type."""
    return unit.bm_unit.partition("_")[2].strip("_") or unit.bm_unit


class _Outage:
    """One unit that gives less for some days; drawn from the seed, the unit and the week alone."""

    def __init__(self, seed: int, unit: BmUnit, number: int, week: date) -> None:
        key = (number, week.toordinal())
        self.unit = unit
        starts = datetime.combine(week, time(), UTC) + timedelta(
            hours=int(draw(seed, "outage starts", *key) * 150)
        )
        length = timedelta(hours=6 + int(draw(seed, "outage lasts", *key) * 24 * _LONGEST_DAYS))
        self.starts, self.ends = starts, starts + length
        self.available_mw = float(
            int(unit.capacity_mw * (0.5 if draw(seed, "outage depth", *key) > 0.6 else 0))  # noqa: PLR2004
        )
        self.planned = draw(seed, "outage kind", *key) > 0.4  # noqa: PLR2004
        self.cause = _CAUSES[int(draw(seed, "outage cause", *key) * len(_CAUSES))]
        self.revised = draw(seed, "outage revised", *key) > 0.5  # noqa: PLR2004
        self.number = int(draw(seed, "outage number", *key) * 10**8) + 10**8


def _outages(seed: int, units: tuple[BmUnit, ...], week: date) -> Iterator[_Outage]:
    for number, unit in enumerate(units):
        draws = draw(seed, "outage", number, week.toordinal())
        if unit.unit_type == "T" and unit.fuel_code in _TYPES and draws < _OUTAGE_CHANCE:
            yield _Outage(seed, unit, number, week)


def outage_messages(seed: int, units: tuple[BmUnit, ...], since: date, until: date) -> pl.DataFrame:
    """Messages of outages that begin in the range; half of them are revised: they last longer."""
    rows = [
        row
        for week in _weeks(since, until)
        for outage in _outages(seed, units, week)
        if since <= outage.starts.date() <= until
        for row in _messages(outage)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _weeks(since: date, until: date) -> Iterator[date]:
    monday = since - timedelta(days=since.weekday())
    while monday <= until:
        yield monday
        monday += timedelta(days=7)


def _messages(outage: _Outage) -> Iterator[dict[str, Any]]:
    first = outage.starts - (timedelta(days=12) if outage.planned else timedelta(minutes=-20))
    yield _message(outage, 1, first, outage.ends)
    if outage.revised:
        later = outage.ends + timedelta(hours=18)
        yield _message(outage, 2, max(first + _REVISED_AFTER, outage.starts), later)


def _message(outage: _Outage, revision: int, published: datetime, ends: datetime) -> dict[str, Any]:
    unit = outage.unit
    profile = [
        {"startTime": _text(outage.starts), "endTime": _text(ends), "capacity": outage.available_mw}
    ]
    return {
        "message_number": outage.number + revision,
        "message_id": f"KINNECT-DEMO-RMT-{outage.number}",
        "revision_number": revision,
        "published_at": published,
        "created_at": published - timedelta(minutes=5),
        "message_type": "UnavailabilitiesOfElectricityFacilities",
        "message_heading": "REMIT Information",
        "event_type": "Production unavailability",
        "unavailability_type": "Planned" if outage.planned else "Unplanned",
        "participant_id": unit.lead_party,
        "asset_id": unit.bm_unit,
        "asset_type": "Production",
        "affected_unit": unit.bm_unit,
        "affected_area": unit.gsp_group,
        "fuel_type": _TYPES[str(unit.fuel_code)],
        "normal_capacity_mw": float(unit.capacity_mw),
        "available_capacity_mw": outage.available_mw,
        "unavailable_capacity_mw": unit.capacity_mw - outage.available_mw,
        "event_status": "Active",
        "event_start_at": outage.starts,
        "event_end_at": ends,
        "cause": outage.cause,
        "outage_profile": json.dumps(profile),
    }


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def maximum_export_limits(
    seed: int, units: tuple[BmUnit, ...], since: date, until: date
) -> pl.DataFrame:
    """What each large generating unit could give at most in each period, outages taken off."""
    generating = [unit for unit in units if unit.unit_type == "T"]
    facts = pl.DataFrame(
        {
            "bm_unit": [unit.bm_unit for unit in generating],
            "national_grid_bm_unit": [short_name(unit) for unit in generating],
            "capacity_mw": [float(unit.capacity_mw) for unit in generating],
        }
    )
    periods = period_grid(since, until).with_columns(from_at=at_minute(pl.col("minute")))
    outages = [
        outage
        for week in _weeks(since - timedelta(days=14), until)
        for outage in _outages(seed, units, week)
    ]
    cut = pl.DataFrame(
        {
            "bm_unit": [outage.unit.bm_unit for outage in outages],
            "starts": [outage.starts for outage in outages],
            "ends": [outage.ends for outage in outages],
            "available_mw": [outage.available_mw for outage in outages],
        },
        schema_overrides={"starts": pl.Datetime("us", "UTC"), "ends": pl.Datetime("us", "UTC")},
    )
    during = (pl.col("from_at") >= pl.col("starts")) & (pl.col("from_at") < pl.col("ends"))
    least = (
        periods.join(cut, how="cross")
        .filter(during)
        .group_by("bm_unit", "from_at")
        .agg(pl.col("available_mw").min())
    )
    level = pl.coalesce("available_mw", "capacity_mw")
    return (
        periods.join(facts, how="cross")
        .join(least, on=["bm_unit", "from_at"], how="left", maintain_order="left")
        .select(
            "settlement_date",
            "settlement_period",
            "from_at",
            "bm_unit",
            "national_grid_bm_unit",
            to_at=pl.col("from_at") + timedelta(minutes=30),
            from_mw=level,
            to_mw=level,
            published_at=pl.col("from_at") - timedelta(hours=1),
            notified_at=pl.col("from_at") - timedelta(hours=1),
            notification_sequence=pl.col("tick") * 1000 + pl.col("settlement_period"),
        )
    )

"""The register of BM Units: who leads each, in which Trading Unit, and what its zone loses."""

from typing import Final

import polars as pl

from state.domain.demo_market.bm_units import GSP_GROUPS, BmUnit
from state.domain.demo_market.noise import draw

_SUPPLIER_TYPES: Final = ("G", "S")
_BASE_TYPES: Final = ("G", "S", "V")
_BOTH_WAYS_FUELS: Final = ("PS", "OTHER")
_LOSS_COUNTS: Final = 10**7
"""Loss factors are published to seven decimal places, so they are made of whole such counts."""

_ZONE_LOSS_COUNTS: Final = {
    "_A": -28_000, "_B": -52_000, "_C": 94_000, "_D": -61_000, "_E": 37_000, "_F": -149_000,
    "_G": -88_000, "_H": 126_000, "_J": 108_000, "_K": 63_000, "_L": 171_000, "_M": -104_000,
    "_N": -207_000, "_P": -266_000,
}  # fmt: skip
"""Power flows south: what is made in Scotland loses most, what is made in the south west saves."""
_ZONE_SPREAD_COUNTS: Final = 30_000


def bm_unit_registrations(seed: int, bm_units: tuple[BmUnit, ...]) -> pl.DataFrame:
    """One row a unit, from the day it was first registered on, without an end."""
    factors = zone_loss_factors(seed)
    rows = [
        {
            "bm_unit": unit.bm_unit,
            "effective_from": unit.since,
            "effective_to": None,
            "party_id": unit.lead_party,
            "trading_unit": trading_unit(unit),
            "unit_type": unit.unit_type,
            "production_consumption_flag": unit.production_consumption_flag,
            "transmission_loss_factor_per_unit": (
                0.0 if unit.unit_type == "I" else factors[unit.gsp_group]
            ),
            "is_baselined": False,
            "generation_capacity_mw": float(unit.capacity_mw if _gives(unit) else 0),
            "demand_capacity_mw": float(unit.capacity_mw if _takes(unit) else 0),
        }
        for unit in bm_units
    ]
    return pl.DataFrame(rows, schema_overrides={"effective_to": pl.Date}).sort("bm_unit")


def zone_loss_factors(seed: int) -> dict[str, float]:
    """The Transmission Loss Factor of each GSP Group's zone; below zero where power is lost."""
    return {
        group: (
            _ZONE_LOSS_COUNTS[group]
            + int((draw(seed, "zone losses", number) - 0.5) * _ZONE_SPREAD_COUNTS)
        )
        / _LOSS_COUNTS
        for number, group in enumerate(GSP_GROUPS)
    }


def trading_unit(unit: BmUnit) -> str:
    """A station's units share one; a Supplier's and a Secondary unit join their Group's Base."""
    if unit.unit_type in _BASE_TYPES:
        return f"DEFAULT_{unit.gsp_group}"
    if unit.unit_type == "T":
        return unit.name.rpartition(" ")[0]
    return unit.name


def _gives(unit: BmUnit) -> bool:
    return unit.unit_type not in _SUPPLIER_TYPES and unit.production_consumption_flag == "P"


def _takes(unit: BmUnit) -> bool:
    """Demand: all that consume, and what can turn round (pumps, batteries, flexible demand)."""
    turns = unit.unit_type == "V" or unit.fuel_code in _BOTH_WAYS_FUELS
    return unit.production_consumption_flag == "C" or turns

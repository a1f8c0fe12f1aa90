"""Applicable balancing services: what a few units gave outside the Balancing Mechanism."""

from typing import Final

import polars as pl

from state.domain.demo_market.noise import noise
from state.domain.demo_market.precision import decimal, whole

_UNITS: Final = ("T_LLYNW-2", "T_PILEY-1", "T_COWBY-1", "T_RICHM-2", "T_BLKHL-1")
_KWH_PLACES: Final = 3
_TICKS_A_CALL: Final = 4
_CHANCE: Final = 0.18
_LARGEST_KWH: Final = 1_400


def applicable_balancing_services_volumes(
    seed: int, units: pl.DataFrame, periods: pl.DataFrame
) -> pl.DataFrame:
    """Response of a handful of units in some periods; positive is more export or less import.

    Beside the columns of the frame: tick, unit_key and applicable_kwh (whole, never zero).
    """
    chosen = units.filter(pl.col("bm_unit").is_in(list(_UNITS))).select("unit_key", "bm_unit")
    keys = (pl.col("unit_key"), pl.col("tick"))
    called = noise(seed, "service call", pl.col("unit_key"), pl.col("tick") // _TICKS_A_CALL)
    size = 1 + whole(noise(seed, "service volume", *keys) * _LARGEST_KWH)
    gives = noise(seed, "service side", *keys) < 1 / 2
    return (
        periods.join(chosen, how="cross", maintain_order="left_right")
        .filter(called < _CHANCE)
        .with_columns(applicable_kwh=pl.when(gives).then(size).otherwise(-size))
        .with_columns(applicable_volume_mwh=decimal(pl.col("applicable_kwh"), _KWH_PLACES))
    )

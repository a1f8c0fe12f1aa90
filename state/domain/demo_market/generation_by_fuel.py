"""Generation by fuel every five minutes, as it is published."""

from datetime import date
from typing import Final

import polars as pl

from state.domain.demo_market.fuel_mix import FUEL_CODES, with_fuel_mix
from state.domain.demo_market.grid import FIVE_MINUTES, at_minute, five_minute_grid
from state.domain.demo_market.noise import noise
from state.domain.demo_market.precision import whole

_LATE_CHANCE: Final = 0.02
_LATEST_MINUTES: Final = 55


def generation_by_fuel(seed: int, since: date, until: date) -> pl.DataFrame:
    """Whole megawatts; import positive, export and pumping negative. A few come out late."""
    mix = with_fuel_mix(seed, five_minute_grid(since, until))
    draw = noise(seed, "late", pl.col("minute"))
    delay = pl.when(draw < _LATE_CHANCE).then((draw / _LATE_CHANCE * _LATEST_MINUTES).floor())
    published = pl.col("minute") + FIVE_MINUTES + delay.fill_null(0).cast(pl.Int64)
    return (
        mix.select(
            start_at=at_minute(pl.col("minute")),
            published_at=at_minute(published),
            **{fuel_code: whole(pl.col(fuel_code)) for fuel_code in FUEL_CODES},
        )
        .unpivot(
            index=["start_at", "published_at"],
            on=list(FUEL_CODES),
            variable_name="fuel_code",
            value_name="generation_mw",
        )
        .sort("start_at", "fuel_code")
    )

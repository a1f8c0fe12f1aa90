"""Accepted volumes: how many megawatt-hours each acceptance moves in each pair and period.

Every line here is straight between two points and inside one period, and no move crosses its
notification, so the integrals of the Code (T3.5 to T3.7) have a closed form.
"""

from typing import Final

import polars as pl

from state.domain.demo_market.precision import to_places

_MINUTES_AN_HOUR: Final = 60
_PLACES: Final = 10
"""Far finer than any tolerance, coarse enough to be the same on every machine."""


def accepted_volumes(points: pl.DataFrame) -> pl.DataFrame:
    """Volume by unit, acceptance, tick and pair; positive for offers, negative for bids."""
    segments = _segments(points).with_columns(beyond_mw=_mean_beyond_first_pair())
    within = (pl.col("away_mw") + pl.col("next_away_mw")) / 2 - pl.col("beyond_mw")
    sides = [
        segments.select(*_KEYS, "bm_unit", pair_number=pl.col("side") * number, mwh=_energy(mean))
        for number, mean in ((1, within), (2, pl.col("beyond_mw")))
    ]
    return (
        pl.concat(sides)
        .group_by(*_KEYS, "bm_unit", "pair_number", maintain_order=True)
        .agg(pl.col("mwh"))
        .with_columns(volume_mwh=to_places(pl.col("mwh").list.sum(), _PLACES))
        .filter(pl.col("volume_mwh") != 0)
        .drop("mwh")
        .sort(*_KEYS, "pair_number")
    )


_KEYS: Final = ("unit_key", "acceptance_number", "tick")


def _segments(points: pl.DataFrame) -> pl.DataFrame:
    """From each point to the next of the same acceptance."""
    following = ("offset", "away_mw")
    ahead = {
        f"next_{column}": pl.col(column)
        .shift(-1)
        .over("unit_key", "acceptance_number", order_by="offset")
        for column in following
    }
    return (
        points.with_columns(**ahead)
        .drop_nulls("next_offset")
        .with_columns(tick=pl.col("tick") + pl.col("offset") // 30)
    )


def _mean_beyond_first_pair() -> pl.Expr:
    """Mean megawatts past the first pair on a straight line that may cross its edge."""
    width = pl.col("first_width_mw")
    one = (pl.col("away_mw") - width).clip(0.0, None)
    other = (pl.col("next_away_mw") - width).clip(0.0, None)
    most = pl.max_horizontal(one, other)
    rise = (pl.col("next_away_mw") - pl.col("away_mw")).abs()
    return (
        pl.when((one > 0) & (other > 0))
        .then((one + other) / 2)
        .when(most > 0)
        .then(most * (most / rise) / 2)
        .otherwise(0.0)
    )


def _energy(mean_mw: pl.Expr) -> pl.Expr:
    minutes = pl.col("next_offset") - pl.col("offset")
    return pl.col("side") * mean_mw * minutes / _MINUTES_AN_HOUR

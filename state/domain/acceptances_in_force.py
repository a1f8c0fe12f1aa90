"""Which acceptances bear on a range of time: those of every unbroken run that reaches into it."""

from datetime import datetime
from typing import Final

import polars as pl

_ACCEPTANCE: Final = ("bm_unit", "acceptance_number")


def in_force(
    acceptances: pl.DataFrame, points: pl.DataFrame, *, from_at: datetime, until_at: datetime
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The acceptances, and all their points, from one moment up to, not including, another.

    One that ends where another begins is of the same run: how long a run lasts decides a flag, so
    it comes whole. Points without their acceptance are of one that ended before what is held.
    """
    ended = pl.col("ends_at").cum_max().shift().over("bm_unit")
    breaks = (pl.col("starts_at") > ended).fill_null(value=False)
    run = ["bm_unit", "run"]
    reaching = (
        points.join(acceptances, on=_ACCEPTANCE, how="semi")
        .group_by(_ACCEPTANCE)
        .agg(starts_at=pl.col("at").min(), ends_at=pl.col("at").max())
        .sort("bm_unit", "starts_at", "acceptance_number")
        .with_columns(run=breaks.cum_sum().over("bm_unit"))
        .filter(
            pl.col("ends_at").max().over(run) > from_at,
            pl.col("starts_at").min().over(run) < until_at,
        )
    )
    return (
        acceptances.join(reaching, on=_ACCEPTANCE, how="semi", maintain_order="left"),
        points.join(reaching, on=_ACCEPTANCE, how="semi", maintain_order="left"),
    )

"""Gaps: moments and days without a value. They are reported and shown as gaps, never filled."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from settlement_engine.periods import (
    PERIOD_MINUTES,
    period_count,
    period_count_expression,
    settlement_date_of,
    settlement_period_of_expression,
)
from state.domain.datasets import MOMENT


def every_start(starts: pl.Series, minutes: int) -> pl.DataFrame:
    """Each start from the first to the last of the given, those between that are missing too."""
    ends = starts.to_frame("start_at").select(
        pl.datetime_range(
            pl.col("start_at").min(), pl.col("start_at").max(), timedelta(minutes=minutes)
        ).alias("start_at")
    )
    return ends.with_columns(pl.col("start_at").cast(MOMENT))


def absent_periods(starts: pl.Series, days: Sequence[date]) -> dict[date, tuple[int, ...]]:
    """The Settlement Periods of each day of which nothing at all is held."""
    held = (
        starts.to_frame("start_at")
        .group_by(day=settlement_date_of(pl.col("start_at")))
        .agg(settlement_period_of_expression(pl.col("start_at")).alias("periods"))
    )
    found = {day: set(periods) for day, periods in held.iter_rows()}
    return {
        day: tuple(sorted(set(range(1, period_count(day) + 1)) - found.get(day, set())))
        for day in days
    }


def gaps(starts: pl.Series, *, since: date, until: date, minutes: int) -> pl.DataFrame:
    """Days from since to until (both included) with the starts they hold and should hold."""
    held = (
        starts.unique()
        .to_frame("start_at")
        .group_by(settlement_date=settlement_date_of(pl.col("start_at")))
        .agg(held=pl.len().cast(pl.Int64))
    )
    days = pl.DataFrame({"settlement_date": pl.date_range(since, until, eager=True)})
    expected = period_count_expression("settlement_date") * (PERIOD_MINUTES // minutes)
    return (
        days.with_columns(expected=expected)
        .join(held, on="settlement_date", how="left", maintain_order="left")
        .with_columns(pl.col("held").fill_null(0))
        .filter(pl.col("held") != pl.col("expected"))
        .select("settlement_date", "held", "expected")
    )

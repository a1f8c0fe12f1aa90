"""The answer to a query as lines over time: which column is the time, and what is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import polars as pl

from settlement_engine.periods import period_start_expression
from state.domain.datasets import MOMENT

MOST_POINTS: Final = 20_000
MOST_LINES: Final = 8
_TIME: Final = "_time"
_DATES: Final = ("settlement_date", "settlementDate")
_PERIODS: Final = ("settlement_period", "settlementPeriod")
_NO_QUANTITIES: Final = frozenset({*_PERIODS, "ingest_id", "year", "week", "month", "day", "hour"})


@dataclass(frozen=True, slots=True)
class Series:
    """Lines on one clock: a value of each line at each time; `minutes` is the shortest step."""

    time: pl.Series
    lines: Mapping[str, pl.Series]
    minutes: int


def series_of(rows: pl.DataFrame) -> Series | None:
    """The lines that rows make; none where they have no time, no numbers, or too many of either.

    Several numbers are a line each. One number beside one text, a line for each text.
    """
    timed = _timed(rows)
    if timed is None:
        return None
    numbers = [
        name
        for name, kind in rows.schema.items()
        if kind.is_numeric() and name not in _NO_QUANTITIES
    ]
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    held = timed.filter(pl.col(_TIME).is_not_null())
    drawn = (
        _apart(held, numbers) if held[_TIME].is_unique().all() else _by_text(held, numbers, texts)
    )
    return None if drawn is None else _series(drawn.sort(_TIME))


def _timed(rows: pl.DataFrame) -> pl.DataFrame | None:
    """The rows with the moment of each, in UTC."""
    moments = [name for name, kind in rows.schema.items() if isinstance(kind, pl.Datetime)]
    day = next((name for name in _DATES if rows.schema.get(name) == pl.Date), None)
    period = next((name for name in _PERIODS if name in rows.columns), None)
    dates = [name for name, kind in rows.schema.items() if kind == pl.Date]
    if day and period and rows.schema[period].is_integer():
        real = rows.filter(pl.col(period).is_between(1, 50))
        return real.with_columns(period_start_expression(day, period).cast(MOMENT).alias(_TIME))
    if moments:
        return rows.with_columns(pl.col(moments[0]).cast(MOMENT).alias(_TIME))
    if dates:
        midnight = period_start_expression(dates[0], pl.lit(1))
        return rows.with_columns(midnight.cast(MOMENT).alias(_TIME))
    return None


def _apart(rows: pl.DataFrame, numbers: list[str]) -> pl.DataFrame | None:
    return rows.select(_TIME, *numbers[:MOST_LINES]) if numbers else None


def _by_text(rows: pl.DataFrame, numbers: list[str], texts: list[str]) -> pl.DataFrame | None:
    if len(numbers) != 1 or len(texts) != 1:
        return None
    keys = rows.select(pl.struct(_TIME, *texts).is_unique().all()).item()
    most_first = (
        rows.drop_nulls(texts)
        .group_by(texts[0])
        .agg(pl.col(numbers[0]).cast(pl.Float64).abs().sum())
        .sort(numbers[0], texts[0], descending=[True, False])
        .head(MOST_LINES)
    )
    kept = most_first[texts[0]].to_list()
    if not keys or not kept:
        return None
    return rows.filter(pl.col(texts[0]).is_in(kept)).pivot(
        on=texts[0], on_columns=kept, index=_TIME, values=numbers[0]
    )


def _series(rows: pl.DataFrame) -> Series | None:
    if not 1 < rows.height <= MOST_POINTS:
        return None
    shortest = rows[_TIME].diff().drop_nulls().min()
    step = shortest if isinstance(shortest, timedelta) else timedelta(minutes=1)
    lines = {name: _finite(rows[name]) for name in rows.columns if name != _TIME}
    return Series(rows[_TIME], lines, max(1, round(step.total_seconds() / 60)))


def _finite(values: pl.Series) -> pl.Series:
    """Numbers that can be drawn; what is none is a gap."""
    plain = values.cast(pl.Float64)
    return plain.set(~plain.is_finite().fill_null(value=False), None)

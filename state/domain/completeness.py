"""How whole a dataset is: rows of each period beside those that were to be expected.

What comes regularly has a row at each step, for each fuel, zone or unit that was seen within the
last days. What comes as it does (messages, instructions) is only counted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from settlement_engine.periods import (
    PERIOD_MINUTES,
    period_count_expression,
    period_frame,
    period_start_expression,
    settlement_date_of,
    settlement_period_of_expression,
)
from state.domain.datasets import ChartHints, Dataset

SEEN_WITHIN: Final = timedelta(days=7)
"""What was seen so long ago is still to be expected."""

_PERIOD_SECONDS: Final = PERIOD_MINUTES * 60
_DAY, _PERIOD, _AT, _OF = "settlement_date", "settlement_period", "at", "of"


@dataclass(frozen=True, slots=True)
class DayHeld:
    """What is held of one day; without what was expected where nothing says how much comes."""

    settlement_date: date
    held: int
    expected: int | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.expected is not None and self.held >= self.expected


def columns_needed(definition: Dataset) -> list[str]:
    """What must be read of a dataset to say how whole it is."""
    rhythm = definition.rhythm
    by = [rhythm.by] if rhythm is not None and rhythm.by else []
    has_period = {_DAY, _PERIOD} <= set(definition.polars_schema)
    times = [_DAY, _PERIOD] if has_period else [definition.valid_time]
    return list(dict.fromkeys([*times, *by]))


def distinct(definition: Dataset, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Every step that has a row, for each of what has one: a revision counts once."""
    columns = columns_needed(definition)
    if rhythm := definition.rhythm:
        return _steps(rows.select(columns).unique(), definition, rhythm)
    time = pl.col(definition.valid_time)
    is_date = definition.column(definition.valid_time).type == "date"
    day = (time if is_date else settlement_date_of(time)).alias(_DAY)
    return rows.group_by(day).agg(pl.len().cast(pl.Int64).alias("held"))


def _steps(rows: pl.LazyFrame, definition: Dataset, rhythm: ChartHints) -> pl.LazyFrame:
    of = pl.col(rhythm.by) if rhythm.by else pl.lit("")
    if _PERIOD in definition.polars_schema:
        at = period_start_expression(_DAY, _PERIOD)
        return rows.select(_DAY, _PERIOD, at.alias(_AT), of.alias(_OF))
    time = pl.col(definition.valid_time)
    if definition.column(definition.valid_time).type == "date":
        start = period_start_expression(time, pl.lit(1))
        return rows.select(
            time.alias(_DAY), pl.lit(1).alias(_PERIOD), start.alias(_AT), of.alias(_OF)
        )
    day, period = settlement_date_of(time), settlement_period_of_expression(time)
    return rows.select(day.alias(_DAY), period.alias(_PERIOD), time.alias(_AT), of.alias(_OF))


def days_held(
    definition: Dataset, found: pl.DataFrame, *, since: date, until: date
) -> tuple[DayHeld, ...]:
    """What is held of each day from since to until. `found` begins `SEEN_WITHIN` before."""
    days = pl.DataFrame({_DAY: pl.date_range(since, until, eager=True)})
    rhythm = definition.rhythm
    if rhythm is None:
        counted = days.join(found, on=_DAY, how="left", maintain_order="left")
        held = counted.with_columns(pl.col("held").fill_null(0))
        return tuple(DayHeld(day, rows, None) for day, rows in held.select(_DAY, "held").rows())
    held = found.group_by(_DAY).agg(pl.len().cast(pl.Int64).alias("held"))
    steps = period_count_expression(_DAY) * _PERIOD_SECONDS / rhythm.step_seconds
    whole = (
        days.join(held, on=_DAY, how="left", maintain_order="left")
        .join(_known(found, since, until), on=_DAY, how="left", maintain_order="left")
        .with_columns(
            pl.col("held").fill_null(0),
            expected=(steps.round(0, mode="half_away_from_zero") * pl.col("known")).cast(pl.Int64),
        )
    )
    return tuple(DayHeld(*row) for row in whole.select(_DAY, "held", "expected").rows())


def periods_held(
    definition: Dataset, found: pl.DataFrame, *, since: date, until: date
) -> pl.DataFrame:
    """Rows `held` and `expected` of each Settlement Period from since to until.

    Nothing is expected of a period where a dataset comes less often, or as it does.
    """
    periods = period_frame(since, until).select(_DAY, pl.col(_PERIOD).cast(pl.Int64))
    rhythm = definition.rhythm
    if rhythm is None or rhythm.step_seconds > _PERIOD_SECONDS:
        return periods.with_columns(held=pl.lit(None, pl.Int64), expected=pl.lit(None, pl.Int64))
    held = found.group_by(_DAY, pl.col(_PERIOD).cast(pl.Int64)).agg(
        pl.len().cast(pl.Int64).alias("held")
    )
    steps = _PERIOD_SECONDS // rhythm.step_seconds
    return (
        periods.join(held, on=[_DAY, _PERIOD], how="left", maintain_order="left")
        .join(_known(found, since, until), on=_DAY, how="left", maintain_order="left")
        .with_columns(pl.col("held").fill_null(0), expected=steps * pl.col("known"))
        .drop("known")
    )


def _known(found: pl.DataFrame, since: date, until: date) -> pl.DataFrame:
    """How many fuels, zones or units were seen within the days before each day, and on it.

    At least one: a dataset that is expected and of which nothing came is missing.
    """
    days = pl.DataFrame({"day": pl.date_range(since, until, eager=True)})
    seen = found.select(_DAY, _OF).unique()
    counted = (
        days.join_where(
            seen,
            pl.col(_DAY) <= pl.col("day"),
            pl.col(_DAY) > pl.col("day") - SEEN_WITHIN,
        )
        .group_by("day")
        .agg(known=pl.col(_OF).n_unique().cast(pl.Int64))
    )
    every = days.join(counted, on="day", how="left", maintain_order="left")
    return every.select(pl.col("day").alias(_DAY), pl.col("known").fill_null(1))

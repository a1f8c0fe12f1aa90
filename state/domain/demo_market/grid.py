"""The moments the demo market is generated at, and how each stands in day, week and year."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import polars as pl

from settlement_engine.periods import MARKET_CLOCK, period_count, period_start

MINUTES_A_TICK: Final = 30
FIVE_MINUTES: Final = 5
TICKS_AROUND: Final = 8
"""Half-hours before and after the days asked for: an acceptance may reach over midnight."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HOURS_A_DAY: Final = 24


def settlement_dates(since: date, until: date) -> list[date]:
    """Every Settlement Date of the range, both ends included."""
    return [since + timedelta(days=day) for day in range((until - since).days + 1)]


def period_grid(since: date, until: date) -> pl.DataFrame:
    """One row a Settlement Period: settlement_date, settlement_period, tick, minute.

    A tick is the half-hour counted from 1970 in UTC, a minute the minute at which it starts.
    """
    dates = settlement_dates(since, until)
    counts = [period_count(day) for day in dates]
    first_tick = tick_of(period_start(since, 1))
    return pl.DataFrame(
        {
            "settlement_date": [
                day for day, count in zip(dates, counts, strict=True) for _ in range(count)
            ],
            "settlement_period": [period for count in counts for period in range(1, count + 1)],
            "tick": list(range(first_tick, first_tick + sum(counts))),
        },
        schema={"settlement_date": pl.Date, "settlement_period": pl.Int64, "tick": pl.Int64},
    ).with_columns(minute=pl.col("tick") * MINUTES_A_TICK)


def boundary_grid(since: date, until: date) -> pl.DataFrame:
    """Tick and minute of every half-hour boundary, with some before and after the range."""
    first, after = _tick_range(since, until)
    ticks = pl.Series("tick", range(first - TICKS_AROUND, after + TICKS_AROUND + 1), pl.Int64)
    return pl.DataFrame(ticks).with_columns(minute=pl.col("tick") * MINUTES_A_TICK)


def five_minute_grid(since: date, until: date) -> pl.DataFrame:
    """The minute at which each five minutes of the range start."""
    first, after = _tick_range(since, until)
    minutes = range(first * MINUTES_A_TICK, after * MINUTES_A_TICK, FIVE_MINUTES)
    return pl.DataFrame(pl.Series("minute", minutes, pl.Int64))


def with_calendar(grid: pl.DataFrame) -> pl.DataFrame:
    """The grid with local_hour (0 to 24, with its minutes), weekday (1 Monday) and day_of_year."""
    local = at_minute(pl.col("minute")).dt.convert_time_zone(MARKET_CLOCK)
    return grid.with_columns(
        local_hour=local.dt.hour().cast(pl.Float64) + local.dt.minute().cast(pl.Float64) / 60,
        weekday=local.dt.weekday().cast(pl.Int64),
        day_of_year=local.dt.ordinal_day().cast(pl.Int64),
    )


def at_minute(minute: pl.Expr) -> pl.Expr:
    """The moment, in UTC, that is so many minutes after 1970 began."""
    return (minute * 60_000_000).cast(pl.Datetime("us", "UTC"))


def at_tick(tick: pl.Expr) -> pl.Expr:
    """The moment, in UTC, at which a tick starts."""
    return at_minute(tick * MINUTES_A_TICK)


def tick_of(at: datetime) -> int:
    """The half-hour, counted from 1970, that holds a moment."""
    return (at - _EPOCH) // timedelta(minutes=MINUTES_A_TICK)


def by_hour(local_hour: pl.Expr, values: tuple[float, ...]) -> pl.Expr:
    """A daily shape: the values at the 24 hours, joined by straight lines, midnight to midnight."""
    hour = local_hour.floor().cast(pl.Int64)
    way = local_hour - hour
    current = {place: float(value) for place, value in enumerate(values)}
    here = hour.replace_strict(current, return_dtype=pl.Float64)
    following = {place: float(values[(place + 1) % _HOURS_A_DAY]) for place in range(_HOURS_A_DAY)}
    there = hour.replace_strict(following, return_dtype=pl.Float64)
    return here * (1 - way) + there * way


def _tick_range(since: date, until: date) -> tuple[int, int]:
    return tick_of(period_start(since, 1)), tick_of(period_start(until + timedelta(days=1), 1))

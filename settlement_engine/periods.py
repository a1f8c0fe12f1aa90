"""Settlement Periods: the half-hours of a Settlement Day, 46, 48 or 50 of them.

A Settlement Day runs from midnight to midnight on the clocks of London. A period is known by the
moment it starts, in UTC; the Settlement Date and the number within it are a label of that moment,
so the repeated and the missing hour of a clock change need no case of their own. (`settlement.md`
1.3.) A period is half an hour; a variant may divide it by two or by six.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

MARKET_CLOCK: Final = "Europe/London"
PERIOD_MINUTES: Final = 30
PERIOD_LENGTHS: Final = (30, 15, 5)  # minutes


def period_count(settlement_date: date, period_minutes: int = PERIOD_MINUTES) -> int:
    """How many Settlement Periods the day has: 48, 46 when clocks go forward, 50 when back.

    Raises:
        ValueError: No period may be that long.
    """
    length = timedelta(minutes=_allowed(period_minutes))
    return (_midnight(_day_after(settlement_date)) - _midnight(settlement_date)) // length


def period_start(
    settlement_date: date, settlement_period: int, period_minutes: int = PERIOD_MINUTES
) -> datetime:
    """The moment the period starts, in UTC.

    Raises:
        ValueError: The day has no period of that number, or no period may be that long.
    """
    count = period_count(settlement_date, period_minutes)
    if not 1 <= settlement_period <= count:
        raise ValueError(
            f"{settlement_date} has Settlement Periods 1 to {count}, not {settlement_period}."
        )
    return _midnight(settlement_date) + (settlement_period - 1) * timedelta(minutes=period_minutes)


def settlement_period_of(at: datetime, period_minutes: int = PERIOD_MINUTES) -> tuple[date, int]:
    """The Settlement Date and Settlement Period that hold a moment.

    Raises:
        ValueError: The moment has no time zone, so it is not a moment; or no period may be that
            long.
    """
    length = timedelta(minutes=_allowed(period_minutes))
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone: say which, for example UTC.")
    settlement_date = at.astimezone(ZoneInfo(MARKET_CLOCK)).date()
    return settlement_date, (at - _midnight(settlement_date)) // length + 1


def period_frame(since: date, until: date, period_minutes: int = PERIOD_MINUTES) -> pl.DataFrame:
    """Every Settlement Period of the days from `since` to `until`, both included, in order.

    The moments a period starts and ends at are in UTC: each period ends where the next one starts.

    Raises:
        ValueError: No period may be that long.
    """
    starts_at = pl.datetime_range(
        _midnight(since),
        _midnight(_day_after(until)),
        timedelta(minutes=_allowed(period_minutes)),
        closed="left",
        time_unit="us",
        time_zone="UTC",
        eager=True,
    )
    start = pl.col("starts_at")
    return pl.DataFrame({"starts_at": starts_at}).select(
        settlement_date=settlement_date_of(start),
        settlement_period=settlement_period_of_expression(start, period_minutes),
        starts_at=start,
        ends_at=start + pl.duration(minutes=period_minutes),
    )


def period_start_expression(
    settlement_date: str | pl.Expr = "settlement_date",
    settlement_period: str | pl.Expr = "settlement_period",
    period_minutes: int = PERIOD_MINUTES,
) -> pl.Expr:
    """Start of the period as Datetime in UTC, from a column of dates and one of numbers.

    The numbers are taken as they are: `period_count_expression` says which are too high.
    """
    minutes = (_expression(settlement_period).cast(pl.Int64) - 1) * _allowed(period_minutes)
    return _midnight_expression(_expression(settlement_date)) + pl.duration(minutes=minutes)


def period_count_expression(
    settlement_date: str | pl.Expr = "settlement_date", period_minutes: int = PERIOD_MINUTES
) -> pl.Expr:
    """How many Settlement Periods each day of a column of dates has."""
    day = _expression(settlement_date)
    length = _midnight_expression(day.dt.offset_by("1d")) - _midnight_expression(day)
    return (length.dt.total_minutes() // _allowed(period_minutes)).cast(pl.Int64)


def settlement_date_of(at: pl.Expr) -> pl.Expr:
    """Settlement Date of each moment of a column of Datetime with a time zone."""
    return at.dt.convert_time_zone(MARKET_CLOCK).dt.date()


def settlement_period_of_expression(at: pl.Expr, period_minutes: int = PERIOD_MINUTES) -> pl.Expr:
    """Settlement Period of each moment of a column of Datetime with a time zone."""
    since_midnight = at.dt.convert_time_zone("UTC") - _midnight_expression(settlement_date_of(at))
    return (since_midnight.dt.total_minutes() // _allowed(period_minutes) + 1).cast(pl.Int64)


def _allowed(period_minutes: int) -> int:
    if period_minutes not in PERIOD_LENGTHS:
        allowed = ", ".join(map(str, PERIOD_LENGTHS))
        raise ValueError(
            f"A Settlement Period cannot be {period_minutes} minutes long. "
            f"Allowed are lengths that divide half an hour: {allowed} minutes."
        )
    return period_minutes


def _midnight(settlement_date: date) -> datetime:
    return datetime.combine(settlement_date, time(), ZoneInfo(MARKET_CLOCK)).astimezone(UTC)


def _day_after(settlement_date: date) -> date:
    return settlement_date + timedelta(days=1)


def _midnight_expression(settlement_date: pl.Expr) -> pl.Expr:
    return (
        settlement_date.cast(pl.Datetime("us"))
        .dt.replace_time_zone(MARKET_CLOCK)
        .dt.convert_time_zone("UTC")
    )


def _expression(column: str | pl.Expr) -> pl.Expr:
    return pl.col(column) if isinstance(column, str) else column

"""Dates as people read and type them."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

_FIRST_YEAR, _LAST_YEAR = 2001, 2100
_MONTHS_A_YEAR = 12
_LONDON = ZoneInfo("Europe/London")


def is_believable(day: date) -> bool:
    """Whether a day can be one of this market's: not before it began, not in another century."""
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def months_after(day: date, months: int) -> date:
    """The same day of the month some months later, or the last of it where there is none such."""
    counted = day.month - 1 + months
    year, month = day.year + counted // _MONTHS_A_YEAR, counted % _MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def years_after(day: date, years: int) -> date:
    """The same day some years later; after 29 February the 28th where there is none."""
    return months_after(day, years * _MONTHS_A_YEAR)


def spoken_date(day: date) -> str:
    """`19 Mar 2022`."""
    return f"{day.day} {day:%b %Y}"


def spoken_moment(at: datetime) -> str:
    """`19 Mar 2022, 14:32` on the clock of Great Britain."""
    local = at.astimezone(_LONDON)
    return f"{spoken_date(local.date())}, {local:%H:%M}"


def spoken_time_of_day(at: datetime) -> str:
    """`19 March at 14:32` on the clock of Great Britain, of what was not long ago."""
    local = at.astimezone(_LONDON)
    return f"{local.day} {local:%B} at {local:%H:%M}"


def clock_time(at: datetime) -> str:
    """`14:32` on the clock of Great Britain."""
    return f"{at.astimezone(_LONDON):%H:%M}"


def typed_date(day: str, month: str, year: str) -> date | None:
    """The date that three boxes hold, or None when they hold no real date."""
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None

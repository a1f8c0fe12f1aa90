"""Working Days: Monday to Friday, without the bank holidays of England and Wales.

One-off bank holidays count as holidays (`settlement.md` 21, trap 34).
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Final

import holidays

_SATURDAY: Final = 5


def is_working_day(day: date) -> bool:
    """Whether the day is a Working Day."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The date that lies `count` Working Days after the day; with 0 the day itself.

    Raises:
        ValueError: The count is below zero.
    """
    if count < 0:
        raise ValueError(f"Working Days are counted forward: {count} is below zero.")
    if count == 0:
        return day
    year, days = day.year, _working_days(day.year)
    place = bisect_right(days, day) + count - 1
    while place >= len(days):
        place -= len(days)
        year += 1
        days = _working_days(year)
    return days[place]


@cache
def _working_days(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if is_working_day(day))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))

"""Working Days: Monday to Friday, without the bank holidays of England and Wales."""

from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether the day is a Working Day; one-off bank holidays count as holidays."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The date that lies `count` Working Days after the day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))

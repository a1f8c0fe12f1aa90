"""Working Days of England and Wales, one-off bank holidays among them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement_engine.working_days import is_working_day, working_days_after


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # Boxing Day falls on a Saturday
        (date(2026, 11, 30), True),  # St Andrew's Day is Scotland's
        (date(2026, 3, 17), True),  # St Patrick's Day is Northern Ireland's
        (date(2011, 4, 29), False),  # one-off: royal wedding
        (date(2012, 6, 5), False),  # one-off: Diamond Jubilee
        (date(2020, 5, 8), False),  # the May holiday moved to VE Day
        (date(2020, 5, 4), True),  # and was not on its Monday
        (date(2022, 6, 2), False),  # the spring holiday moved to the Platinum Jubilee
        (date(2022, 6, 3), False),  # one-off: Platinum Jubilee
        (date(2022, 5, 30), True),  # and was not on its Monday
        (date(2022, 9, 19), False),  # one-off: state funeral
        (date(2023, 5, 8), False),  # one-off: coronation
    ],
)
def test_bank_holidays_of_england_and_wales_are_no_working_days(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a week-end
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),  # a Saturday is left where it is
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # over the state funeral
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # over Christmas
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # into the next year
    ],
)
def test_counting_passes_over_days_that_are_no_working_days(day, count, expected):
    assert working_days_after(day, count) == expected


def test_counting_back_is_refused():
    with pytest.raises(ValueError, match="-1 is below zero"):
        working_days_after(date(2026, 11, 20), -1)


@given(day=st.dates(date(2001, 3, 27), date(2040, 12, 31)), count=st.integers(1, 600))
def test_as_many_working_days_lie_on_the_way_as_are_counted(day, count):
    end = working_days_after(day, count)
    way = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, way)) == count
    assert is_working_day(end)

from datetime import date

import pytest

from state.domain.working_days import is_working_day, working_days_after


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # Boxing Day falls on a Saturday
        (date(2022, 9, 19), False),  # one-off: state funeral
        (date(2023, 5, 8), False),  # one-off: coronation
        (date(2026, 11, 30), True),  # St Andrew's Day is Scotland's
    ],
)
def test_bank_holidays_of_england_and_wales_are_no_working_days(day, works) -> None:
    assert is_working_day(day) is works


def test_counting_over_a_week_end() -> None:
    assert working_days_after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert working_days_after(date(2026, 11, 20), 0) == date(2026, 11, 20)

from datetime import date, timedelta

import pytest

from state.domain.dates import months_after
from state.domain.reminders import reminder_now

DUE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("days_left", "reminder"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-400, 0)],
)
def test_the_newest_reminder_that_has_come_is_the_one(days_left, reminder) -> None:
    assert reminder_now(DUE, (60, 30, 7), DUE - timedelta(days=days_left)) == reminder


def test_months_end_where_there_is_no_such_day() -> None:
    assert months_after(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 1), 12) == date(2027, 12, 1)

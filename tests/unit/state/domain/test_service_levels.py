from datetime import UTC, date, datetime

import pytest

from state.domain.service_levels import due_on


@pytest.mark.parametrize(
    ("received_at", "due"),
    [
        (datetime(2026, 7, 10, 15, 59, tzinfo=UTC), date(2026, 7, 14)),  # a Friday, 16:59 in London
        (datetime(2026, 7, 10, 16, 1, tzinfo=UTC), date(2026, 7, 15)),
        (datetime(2026, 4, 2, 9, tzinfo=UTC), date(2026, 4, 8)),  # over Easter
        (datetime(2026, 7, 11, 9, tzinfo=UTC), date(2026, 7, 15)),  # a Saturday
    ],
)
def test_two_working_days_over_weekends_and_holidays(received_at, due) -> None:
    assert due_on(received_at, 2) == due

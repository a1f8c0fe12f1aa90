from datetime import UTC, datetime

from state.domain.service_figures import TOO_FEW, median_working_days, shown_count

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def test_a_small_group_is_not_shown() -> None:
    assert shown_count(4, least=5) is TOO_FEW
    assert shown_count(5, least=5) == 5


def test_the_middle_counts_working_days_alone() -> None:
    same_day = (MONDAY, MONDAY.replace(hour=16))
    next_monday = (MONDAY, MONDAY.replace(day=23))
    assert median_working_days([same_day, same_day, next_monday], least=3) == 0
    assert median_working_days([next_monday, next_monday], least=2) == 5
    assert median_working_days([next_monday], least=2) is TOO_FEW

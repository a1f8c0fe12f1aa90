from datetime import UTC, date, datetime, timedelta

import polars as pl

from state.domain.gaps import absent_periods, every_start, gaps

HALF_HOUR = timedelta(minutes=30)


def moments(start: datetime, count: int) -> pl.Series:
    return pl.Series([start + n * HALF_HOUR for n in range(count)], dtype=pl.Datetime("us", "UTC"))


def test_days_of_46_48_and_50_periods_are_whole() -> None:
    for day, start, count in (
        (date(2025, 3, 30), datetime(2025, 3, 30, tzinfo=UTC), 46),
        (date(2025, 6, 1), datetime(2025, 5, 31, 23, tzinfo=UTC), 48),
        (date(2025, 10, 26), datetime(2025, 10, 25, 23, tzinfo=UTC), 50),
    ):
        assert gaps(moments(start, count), since=day, until=day, minutes=30).is_empty()


def test_a_day_without_any_value_is_a_gap() -> None:
    since, until = date(2025, 1, 1), date(2025, 1, 3)
    held = moments(datetime(2025, 1, 1, tzinfo=UTC), 48)
    found = gaps(held, since=since, until=until, minutes=30)
    assert found.rows() == [(date(2025, 1, 2), 0, 48), (date(2025, 1, 3), 0, 48)]


def test_the_periods_without_any_value_are_named() -> None:
    day, next_day = date(2024, 10, 27), date(2024, 10, 28)
    held = moments(datetime(2024, 10, 26, 23, tzinfo=UTC), 48)
    absent = absent_periods(held, [day, next_day])
    assert absent == {day: (49, 50), next_day: tuple(range(1, 49))}


def test_every_start_from_the_first_to_the_last() -> None:
    first = datetime(2025, 10, 26, tzinfo=UTC)
    given = pl.Series([first, first + 3 * HALF_HOUR], dtype=pl.Datetime("us", "UTC"))
    assert every_start(given, 30)["start_at"].to_list() == [first + n * HALF_HOUR for n in range(4)]

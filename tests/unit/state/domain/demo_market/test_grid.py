from datetime import UTC, date, datetime

import polars as pl
import pytest

from state.domain.demo_market.grid import (
    TICKS_AROUND,
    at_tick,
    boundary_grid,
    by_hour,
    five_minute_grid,
    period_grid,
    settlement_dates,
    tick_of,
    with_calendar,
)


@pytest.mark.parametrize(
    ("day", "periods"),
    [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50), (date(2026, 6, 1), 48)],
)
def test_a_day_has_its_periods_and_six_times_as_many_five_minutes(day, periods):
    grid = period_grid(day, day)
    assert grid["settlement_period"].to_list() == list(range(1, periods + 1))
    assert five_minute_grid(day, day).height == 6 * periods
    assert boundary_grid(day, day).height == periods + 1 + 2 * TICKS_AROUND


def test_ticks_run_on_without_a_gap_over_both_clock_changes():
    for since, until in (
        (date(2026, 3, 28), date(2026, 3, 30)),
        (date(2026, 10, 24), date(2026, 10, 26)),
    ):
        assert period_grid(since, until)["tick"].diff().drop_nulls().unique().to_list() == [1]


def test_the_first_period_of_a_summer_day_starts_at_eleven_the_evening_before():
    first = period_grid(date(2026, 7, 1), date(2026, 7, 1)).select(at=at_tick(pl.col("tick")))
    assert first["at"][0] == datetime(2026, 6, 30, 23, tzinfo=UTC)


def test_both_ends_of_a_range_are_in_it():
    dates = settlement_dates(date(2026, 1, 30), date(2026, 2, 1))
    assert dates == [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)]


def test_the_repeated_hour_is_the_same_hour_of_the_day_twice():
    day = date(2026, 10, 25)
    hours = with_calendar(period_grid(day, day))["local_hour"].to_list()
    assert hours.count(1.0) == hours.count(1.5) == 2
    assert with_calendar(period_grid(day, day))["weekday"].unique().to_list() == [7]


def test_a_daily_shape_joins_its_hours_and_midnight_by_straight_lines():
    shape = tuple(float(hour) for hour in range(24))
    hours = pl.DataFrame({"hour": [0.0, 6.5, 23.5]})
    got = hours.select(value=by_hour(pl.col("hour"), shape))["value"].to_list()
    assert got == [0.0, 6.5, 11.5]


def test_the_tick_of_a_moment_is_the_half_hour_that_holds_it():
    assert tick_of(datetime(1970, 1, 1, 1, 29, tzinfo=UTC)) == 2

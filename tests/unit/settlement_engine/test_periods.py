"""Settlement Periods on ordinary days and on days when the clocks change (cases S14)."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from settlement_engine import periods

SUMMER, SPRING, AUTUMN = date(2026, 6, 1), date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("settlement_date", "period_minutes", "expected"),
    [
        (SPRING, 30, 46), (AUTUMN, 30, 50), (SUMMER, 30, 48),
        (SPRING, 15, 92), (AUTUMN, 15, 100), (SUMMER, 15, 96),
        (SPRING, 5, 276), (AUTUMN, 5, 300), (SUMMER, 5, 288),
    ],
)  # fmt: skip
def test_a_day_has_as_many_periods_as_the_clock_leaves_it(
    settlement_date, period_minutes, expected
):
    assert periods.period_count(settlement_date, period_minutes) == expected


@pytest.mark.parametrize(
    ("settlement_date", "settlement_period", "expected"),
    [
        (SUMMER, 1, datetime(2026, 5, 31, 23, tzinfo=UTC)),
        (SPRING, 1, datetime(2026, 3, 29, tzinfo=UTC)),
        (SPRING, 3, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (SPRING, 46, datetime(2026, 3, 29, 22, 30, tzinfo=UTC)),
        (AUTUMN, 1, datetime(2026, 10, 24, 23, tzinfo=UTC)),
        (AUTUMN, 3, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        (AUTUMN, 5, datetime(2026, 10, 25, 1, tzinfo=UTC)),
        (AUTUMN, 50, datetime(2026, 10, 25, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_period_starts_at_one_moment_and_the_moment_is_in_that_period(
    settlement_date, settlement_period, expected
):
    assert periods.period_start(settlement_date, settlement_period) == expected
    last_moment = expected + timedelta(minutes=30, microseconds=-1)
    assert periods.settlement_period_of(expected) == (settlement_date, settlement_period)
    assert periods.settlement_period_of(last_moment) == (settlement_date, settlement_period)


@pytest.mark.parametrize("settlement_period", [0, 47, -1])
def test_a_period_the_day_does_not_have_is_refused(settlement_period):
    with pytest.raises(ValueError, match="1 to 46"):
        periods.period_start(SPRING, settlement_period)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        periods.settlement_period_of(datetime(2026, 1, 1))  # noqa: DTZ001


def test_the_expressions_say_what_the_functions_say():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    rows = [(day, number) for day in days for number in range(1, periods.period_count(day) + 1)]
    frame = pl.DataFrame(rows, schema=["settlement_date", "settlement_period"], orient="row")
    frame = frame.with_columns(at=periods.period_start_expression()).with_columns(
        on=periods.settlement_date_of(pl.col("at")),
        number=periods.settlement_period_of_expression(pl.col("at")),
        count=periods.period_count_expression(),
    )

    assert frame.schema["at"] == pl.Datetime("us", "UTC")
    assert frame["at"].to_list() == [periods.period_start(*row) for row in rows]
    assert frame["at"].diff().drop_nulls().unique().to_list() == [timedelta(minutes=30)]
    assert frame.filter(pl.col("on") != pl.col("settlement_date")).is_empty()
    assert frame.filter(pl.col("number") != pl.col("settlement_period")).is_empty()
    assert frame["count"].to_list() == [periods.period_count(day) for day, _ in rows]

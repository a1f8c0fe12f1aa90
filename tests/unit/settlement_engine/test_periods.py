"""Settlement Periods on ordinary days and on days when the clocks change (cases S14)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("settlement_date", "settlement_period", "period_minutes", "label"),
    [
        (SPRING, 2, 30, "00:30 GMT"), (SPRING, 3, 30, "02:00 BST"),
        (AUTUMN, 3, 30, "01:00 BST"), (AUTUMN, 4, 30, "01:30 BST"),
        (AUTUMN, 5, 30, "01:00 GMT"), (AUTUMN, 6, 30, "01:30 GMT"),
        (SPRING, 5, 15, "02:00 BST"), (AUTUMN, 9, 15, "01:00 GMT"),
        (SPRING, 13, 5, "02:00 BST"), (AUTUMN, 25, 5, "01:00 GMT"),
    ],
)  # fmt: skip
def test_the_clock_in_london_skips_an_hour_in_spring_and_repeats_one_in_autumn(
    settlement_date, settlement_period, period_minutes, label
):
    start = periods.period_start(settlement_date, settlement_period, period_minutes)
    assert start.astimezone(ZoneInfo("Europe/London")).strftime("%H:%M %Z") == label
    assert periods.settlement_period_of(start, period_minutes) == (
        settlement_date, settlement_period,
    )  # fmt: skip


REFUSE = {
    "period_count": lambda length: periods.period_count(SUMMER, length),
    "period_start": lambda length: periods.period_start(SUMMER, 1, length),
    "settlement_period_of": lambda length: periods.settlement_period_of(
        datetime(2026, 6, 1, tzinfo=UTC), length
    ),
    "period_frame": lambda length: periods.period_frame(SUMMER, SUMMER, length),
    "period_start_expression": lambda length: periods.period_start_expression(
        period_minutes=length
    ),
    "period_count_expression": lambda length: periods.period_count_expression(
        period_minutes=length
    ),
    "settlement_period_of_expression": lambda length: periods.settlement_period_of_expression(
        pl.col("at"), length
    ),
}


@pytest.mark.parametrize("name", REFUSE)
@pytest.mark.parametrize("period_minutes", [0, -30, 7, 10, 60])
def test_a_length_that_is_not_meant_is_refused_and_the_others_are_named(name, period_minutes):
    with pytest.raises(ValueError, match=f"{period_minutes} minutes long.*30, 15, 5 minutes"):
        REFUSE[name](period_minutes)


@pytest.mark.parametrize("period_minutes", [30, 15, 5])
@pytest.mark.parametrize("settlement_date", [SUMMER, SPRING, AUTUMN])
def test_the_frame_of_a_day_has_the_periods_of_the_day(settlement_date, period_minutes):
    frame = periods.period_frame(settlement_date, settlement_date, period_minutes)
    count = periods.period_count(settlement_date, period_minutes)
    moments = pl.Datetime("us", "UTC")
    assert dict(frame.schema) == {
        "settlement_date": pl.Date, "settlement_period": pl.Int64,
        "starts_at": moments, "ends_at": moments,
    }  # fmt: skip
    assert frame["settlement_period"].to_list() == list(range(1, count + 1))
    assert frame["starts_at"].to_list() == [
        periods.period_start(settlement_date, number, period_minutes)
        for number in range(1, count + 1)
    ]


@settings(max_examples=25, deadline=None)
@given(
    since=st.dates(date(1996, 1, 1), date(2060, 1, 1)),
    days=st.integers(0, 400),
    period_minutes=st.sampled_from(periods.PERIOD_LENGTHS),
)
def test_periods_follow_one_another_without_a_gap_over_any_days(since, days, period_minutes):
    until = since + timedelta(days=days)
    frame = periods.period_frame(since, until, period_minutes)

    length = timedelta(minutes=period_minutes)
    assert frame["starts_at"][0] == periods.period_start(since, 1, period_minutes)
    assert frame["ends_at"][-1] == periods.period_start(until + timedelta(days=1), 1)
    assert frame["ends_at"][:-1].equals(frame["starts_at"][1:])
    assert (frame["ends_at"] - frame["starts_at"]).unique().to_list() == [length]
    by_day = frame.group_by("settlement_date", maintain_order=True).agg(
        highest=pl.col("settlement_period").max(), rows=pl.len().cast(pl.Int64)
    )
    assert by_day["settlement_date"].to_list() == [
        since + timedelta(days=n) for n in range(days + 1)
    ]
    assert by_day["rows"].equals(by_day["highest"])
    counted = by_day.select(periods.period_count_expression(period_minutes=period_minutes))
    assert counted.to_series().equals(by_day["rows"])


def test_no_days_have_no_periods():
    assert periods.period_frame(SUMMER, SUMMER - timedelta(days=1)).is_empty()


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

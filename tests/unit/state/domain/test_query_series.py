from datetime import UTC, date, datetime, timedelta

import polars as pl

from state.domain.query_series import MOST_LINES, MOST_POINTS, series_of

START = datetime(2026, 10, 25, tzinfo=UTC)


def moments(count: int) -> list[datetime]:
    return [START + timedelta(minutes=30 * n) for n in range(count)]


def test_each_number_is_a_line_over_the_first_moment() -> None:
    rows = pl.DataFrame({"at": moments(3)[::-1], "mw": [1, 2, None], "name": "x", "on": True})
    series = series_of(rows)
    assert series is not None
    assert series.time.to_list() == moments(3)
    assert {name: line.to_list() for name, line in series.lines.items()} == {"mw": [None, 2.0, 1.0]}
    assert series.minutes == 30


def test_a_settlement_period_is_a_moment_also_when_the_clocks_go_back() -> None:
    rows = pl.DataFrame(
        {
            "settlementDate": date(2026, 10, 25),
            "settlementPeriod": [1, 50, 99],
            "price": [1.0, 2.0, 3.0],
        }
    )
    series = series_of(rows)
    assert series is not None
    assert series.time.to_list() == [START - timedelta(hours=1), START + timedelta(hours=23.5)]
    assert list(series.lines) == ["price"]


def test_days_begin_at_midnight_in_london() -> None:
    rows = pl.DataFrame({"day": [date(2026, 7, 1), date(2026, 7, 2)], "mwh": [1.0, float("nan")]})
    series = series_of(rows)
    assert series is not None
    assert series.time[0] == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert series.lines["mwh"].to_list() == [1.0, None]
    assert series.minutes == 24 * 60


def test_one_number_beside_one_text_is_a_line_for_each_text_the_largest_first() -> None:
    fuels = [f"F{n}" for n in range(MOST_LINES + 2)]
    rows = pl.DataFrame(
        [{"at": at, "fuel": fuel, "mw": n} for at in moments(2) for n, fuel in enumerate(fuels)]
    )
    series = series_of(rows)
    assert series is not None
    assert list(series.lines) == fuels[:1:-1]
    assert series.lines["F9"].to_list() == [9.0, 9.0]


def test_what_has_no_time_no_number_or_too_much_of_either_is_not_drawn() -> None:
    at = moments(2)
    none = [
        pl.DataFrame({"mw": [1, 2]}),
        pl.DataFrame({"at": at, "name": ["a", "b"]}),
        pl.DataFrame({"at": at[:1], "mw": [1]}),
        pl.DataFrame({"at": [at[0], at[0]], "mw": [1, 2]}),
        pl.DataFrame({"at": [at[0], at[0]], "mw": [1, 2], "name": ["a", "a"]}),
        pl.DataFrame(
            {"at": [at[0], at[0]], "mw": [1, 2], "name": pl.Series([None, None], dtype=pl.String)}
        ),
        pl.DataFrame({"at": [at[0], at[0]], "mw": [1, 2], "a": "x", "b": "y"}),
        pl.DataFrame({"at": moments(MOST_POINTS + 1), "mw": 1}),
        pl.DataFrame(schema={"at": pl.Datetime("us", "UTC"), "mw": pl.Int64}),
        pl.DataFrame({"settlement_date": [date(2026, 1, 1)] * 2, "settlement_period": [1, 2]}),
    ]
    assert [series_of(rows) for rows in none] == [None] * len(none)

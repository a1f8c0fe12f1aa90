"""How whole datasets are: over clock changes, with units that come and go, and with gaps."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from settlement_engine.periods import period_count, period_start
from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotSignedInError
from state.services.completeness import DAYS_SHOWN, days_of, periods_of, status_of_all
from state.services.ingest import store_rows

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LONG, TODAY = date(2026, 10, 25), date(2026, 10, 27)
FUELS = ("WIND", "CCGT")


def store(name: str, rows: list[dict]) -> None:
    store_rows(actor=CONSOLE_OPERATOR, name=name, rows=pl.DataFrame(rows), source="test", now=NOW)


def generation(day: date, *, without: range = range(0), fuels: tuple[str, ...] = FUELS) -> None:
    starts = [
        period_start(day, 1) + timedelta(minutes=5 * number)
        for number in range(period_count(day) * 6)
        if number not in without
    ]
    store(
        "generation_by_fuel",
        [
            {
                "start_at": start,
                "published_at": start + timedelta(minutes=5),
                "fuel_code": fuel,
                "generation_mw": 5,
            }
            for start in starts
            for fuel in fuels
        ],
    )


def of_day(name: str, day: date) -> tuple[int, int | None]:
    found = days_of(actor=ANYONE, name=name, today=TODAY)
    return next((one.held, one.expected) for one in found if one.settlement_date == day)


def test_the_long_day_has_more_and_a_gap_is_counted_and_named(either_database) -> None:
    generation(LONG - timedelta(days=1), without=range(12, 18))
    generation(LONG)
    assert of_day("generation_by_fuel", LONG) == (600, 600)
    assert of_day("generation_by_fuel", LONG - timedelta(days=1)) == (564, 576)
    assert of_day("generation_by_fuel", LONG + timedelta(days=1)) == (0, 576)
    assert of_day("generation_by_fuel", LONG - timedelta(days=2)) == (0, None)
    periods = periods_of(
        actor=ANYONE, name="generation_by_fuel", since=LONG - timedelta(days=1), until=LONG
    )
    assert periods.height == 98
    missing = periods.filter(pl.col("held") < pl.col("expected"))
    assert missing.rows() == [(LONG - timedelta(days=1), 3, 0, 12)]


def test_what_was_seen_lately_is_expected_and_what_ended_long_ago_is_not(database) -> None:
    first = LONG - timedelta(days=9)
    generation(first, fuels=("OIL", *FUELS))
    for number in range(1, 10):
        generation(first + timedelta(days=number))
    assert of_day("generation_by_fuel", first + timedelta(days=6)) == (576, 864)
    assert of_day("generation_by_fuel", first + timedelta(days=7)) == (576, 576)


def test_a_revision_is_no_second_row(database) -> None:
    row = {"settlement_date": LONG, "settlement_period": 3, "start_at": period_start(LONG, 3)}
    for number in range(3):
        published = row["start_at"] + timedelta(hours=number + 1)
        store("national_demand", [row | {"published_at": published, "demand_mw": 100.0 + number}])
    assert of_day("national_demand", LONG) == (1, 50)


def test_what_comes_once_a_day_is_whole_with_one_and_what_comes_as_it_does_is_counted(
    database,
) -> None:
    store("national_demand_daily", [{"settlement_date": LONG, "demand_mwh": 5.0}])
    assert of_day("national_demand_daily", LONG) == (1, 1)
    warning = {"published_at": NOW, "warning_type": "X", "warning_text": "Y"}
    store("system_warnings", [warning])
    found = days_of(actor=ANYONE, name="system_warnings", today=date(2026, 11, 21))
    assert [(one.held, one.expected) for one in found[-2:]] == [(0, None), (1, None)]
    none = periods_of(actor=ANYONE, name="system_warnings", since=LONG, until=LONG)
    assert none["expected"].null_count() == 50


def test_every_public_dataset_has_its_status_and_nobody_sees_another(database) -> None:
    generation(LONG)
    found = status_of_all(actor=ANYONE, today=TODAY)
    assert [one.definition.name for one in found.held] == ["generation_by_fuel"]
    (one,) = found.held
    assert (one.updated_at, one.rows, len(one.days), one.days_with_gaps) == (
        NOW,
        600,
        DAYS_SHOWN,
        1,
    )
    names = {definition.name for definition in found.empty}
    assert "system_prices" in names
    assert "contract_volumes" not in names
    with pytest.raises(NotSignedInError):
        days_of(actor=ANYONE, name="contract_volumes", today=TODAY)

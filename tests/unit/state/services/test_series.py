from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.series import series_named
from state.services.ingest import store_rows
from state.services.series import (
    latest_moment,
    series_choices,
    series_lines,
    series_versions,
)

START = datetime(2026, 11, 10, tzinfo=UTC)
FIRST, SECOND = datetime(2026, 11, 11, tzinfo=UTC), datetime(2026, 11, 12, tzinfo=UTC)
DEMAND = series_named("national_demand.demand_mw")
WIND = series_named("generation_by_fuel.generation_mw@WIND")


def store_demand(values: list[float], now: datetime = FIRST, published: datetime = FIRST) -> None:
    rows = [
        {
            "start_at": START + timedelta(minutes=30 * n),
            "settlement_date": date(2026, 11, 10),
            "settlement_period": n + 1,
            "published_at": published,
            "demand_mw": value,
        }
        for n, value in enumerate(values)
    ]
    store(rows, "national_demand", now)


def store(rows: list[dict[str, object]], name: str, now: datetime = FIRST) -> None:
    store_rows(actor=CONSOLE_OPERATOR, name=name, rows=pl.DataFrame(rows), source="test", now=now)


def store_wind(count: int) -> None:
    rows = [
        {
            "start_at": START + timedelta(minutes=5 * n),
            "published_at": FIRST,
            "fuel_code": "WIND",
            "generation_mw": 1000.0 + n,
        }
        for n in range(count)
    ]
    store(rows, "generation_by_fuel")


def test_a_half_hour_holds_for_each_of_its_five_minutes(database: Path) -> None:
    store_demand([30_000.0, 31_000.0])
    store_wind(18)
    found = series_lines(
        actor=ANYONE, wanted=(WIND, DEMAND), from_at=START, until_at=START + timedelta(hours=2)
    )
    assert found.rows.columns == ["time", WIND.id, DEMAND.id]
    assert found.step_seconds == 300
    assert found.rows[DEMAND.id].to_list() == [30_000.0] * 6 + [31_000.0] * 6 + [None] * 6
    assert found.rows[WIND.id].to_list() == [1000.0 + n for n in range(18)]


def test_one_series_as_it_is_beside_itself_as_it_was_known(database: Path) -> None:
    store_demand([30_000.0])
    store_demand([30_500.0], now=SECOND, published=SECOND)
    was = series_named(f"{DEMAND.id}~2026-11-11T12:00Z")
    found = series_lines(
        actor=ANYONE, wanted=(DEMAND, was), from_at=START, until_at=START + timedelta(hours=1)
    )
    assert found.rows.row(0)[1:] == (30_500.0, 30_000.0)


def test_a_long_range_keeps_its_extremes(database: Path) -> None:
    values = [30_000.0] * 48
    values[17], values[31] = 99_000.0, 1.0
    store_demand(values)
    found = series_lines(
        actor=ANYONE, wanted=(DEMAND,), from_at=START, until_at=START + timedelta(days=1), points=10
    )
    assert found.thinned
    assert found.rows.height <= 10
    assert {99_000.0, 1.0} <= set(found.rows[DEMAND.id])


def test_what_is_held_can_be_chosen(database: Path) -> None:
    assert series_choices(actor=ANYONE) == ()
    assert latest_moment(actor=ANYONE, wanted=(DEMAND,)) is None
    before = series_versions(actor=ANYONE, wanted=(DEMAND, WIND))
    store_demand([30_000.0])
    store_wind(1)
    assert series_choices(actor=ANYONE) == (
        (WIND.id, "Wind generation"),
        (DEMAND.id, "National demand"),
    )
    assert latest_moment(actor=ANYONE, wanted=(DEMAND,)) == START
    assert series_versions(actor=ANYONE, wanted=(DEMAND, WIND)) > before

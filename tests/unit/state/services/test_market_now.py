from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.services.ingest import store_rows
from state.services.market_now import market_now, market_versions
from tests.public_data import close_by_hand
from tests.unit.state.services.test_outages import message

START = datetime(2026, 11, 10, tzinfo=UTC)
KNOWN = START + timedelta(hours=12)


def store(name: str, rows: list[dict[str, object]]) -> None:
    store_rows(actor=CONSOLE_OPERATOR, name=name, rows=pl.DataFrame(rows), source="test", now=KNOWN)


def half_hours(column: str, values: list[float], **more: object) -> list[dict[str, object]]:
    return [
        {
            "start_at": START + timedelta(minutes=30 * n),
            "settlement_date": date(2026, 11, 10),
            "settlement_period": n + 1,
            "published_at": START,
            column: value,
            **more,
        }
        for n, value in enumerate(values)
    ]


def wind(values: list[float]) -> list[dict[str, object]]:
    return [
        {
            "start_at": START + timedelta(minutes=5 * n),
            "published_at": START,
            "fuel_code": "WIND",
            "generation_mw": value,
        }
        for n, value in enumerate(values)
    ]


def test_an_empty_store_has_no_moment_and_no_figure(database: Path) -> None:
    found = market_now(actor=ANYONE)
    assert (found.at, found.generation, found.readings, found.outages) == (None, None, (), ())


def test_each_figure_is_the_newest_of_its_own_and_the_margin_the_lowest_to_come(
    database: Path,
) -> None:
    store("generation_by_fuel", wind([100.0, 200.0]))
    store("national_demand", half_hours("demand_mw", [30_000.0, 31_000.0]))
    store("indicated_margin", half_hours("margin_mw", [9_000.0, 5_000.0, 7_000.0], boundary="N"))
    before = market_versions(actor=ANYONE)
    found = market_now(actor=ANYONE)
    assert found.at == START + timedelta(minutes=30)
    assert found.generation is not None
    assert found.generation.start_at == START + timedelta(minutes=5)
    readings = {one.of.name: one for one in found.readings}
    assert (readings["demand"].value, readings["demand"].before) == (31_000.0, 30_000.0)
    assert (readings["margin"].value, readings["margin"].at) == (5_000.0, found.at)
    assert "frequency" not in readings
    store("generation_by_fuel", wind([100.0, 250.0]))
    assert market_versions(actor=ANYONE) != before


def test_a_moment_before_shows_what_was_then(database: Path) -> None:
    store("generation_by_fuel", wind([100.0, 200.0]))
    store("national_demand", half_hours("demand_mw", [30_000.0, 31_000.0]))
    found = market_now(actor=ANYONE, at=START + timedelta(minutes=3))
    assert found.generation is not None
    assert found.generation.generation_mw == 100
    assert [one.value for one in found.readings] == [30_000.0]
    assert market_now(actor=ANYONE, at=START - timedelta(days=3)).generation is None


def test_outages_of_the_moment_the_largest_first(database: Path) -> None:
    store("national_demand", half_hours("demand_mw", [30_000.0]))
    rows = [
        message("SMALL", 1, message_number=1),
        message("LARGE", 1, message_number=2, unavailable_capacity_mw=600.0),
        message("SAYS-LEFT", 1, message_number=3, unavailable_capacity_mw=None)
        | {"normal_capacity_mw": 400.0, "available_capacity_mw": 150.0},
        message("LATER", 1, message_number=4, event_start_at=START + timedelta(hours=3)),
        message("FOR-EVER", 1, message_number=5, unavailable_capacity_mw=0.0),
    ]
    store(
        "outage_messages",
        [{"normal_capacity_mw": None, "available_capacity_mw": None} | row for row in rows],
    )
    found = market_now(actor=ANYONE)
    assert [one["mrid"] for one in found.outages] == ["LARGE", "SAYS-LEFT", "SMALL"]
    assert (found.outage_count, found.unavailable_mw) == (3, 950.0)


def test_what_is_closed_is_missing_and_the_rest_is_told(database: Path) -> None:
    store("generation_by_fuel", wind([1000.0]))
    store("national_demand", half_hours("demand_mw", [20_000.0]))
    before = market_versions(actor=ANYONE)
    close_by_hand("national_demand")
    found = market_now(actor=ANYONE)
    assert market_versions(actor=ANYONE) != before
    assert found.generation is not None
    assert "national_demand" not in {one.of.of.definition.name for one in found.readings}

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotSignedInError
from state.services.datasets import (
    changes_after,
    dataset_rows,
    dataset_version,
    datasets_held,
    latest_ingest,
)
from state.services.ingest import store_rows
from tests.unit.state.services.feeds import NOW, price_row, take_in_rows

VOLUMES = pl.DataFrame(
    {
        "settlement_date": [date(2026, 8, 1)],
        "settlement_period": [1],
        "bm_unit": ["T_UNIT-1"],
        "metered_volume_mwh": [1.5],
    }
)


def test_confidential_rows_are_not_for_the_public(database: Path) -> None:
    store_rows(actor=CONSOLE_OPERATOR, name="metered_volumes", rows=VOLUMES, source="test", now=NOW)
    for read in (dataset_rows, dataset_version):
        with pytest.raises(NotSignedInError):
            read(actor=ANYONE, name="metered_volumes")
    assert "metered_volumes" not in {one.definition.name for one in datasets_held(actor=ANYONE)}
    assert changes_after(actor=ANYONE, ingest=0) == ()
    assert latest_ingest(actor=ANYONE) == 0
    assert dataset_rows(actor=CONSOLE_OPERATOR, name="metered_volumes").rows.height == 1
    assert len(changes_after(actor=CONSOLE_OPERATOR, ingest=0)) == 1


def test_each_row_keeps_its_three_times(database: Path) -> None:
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row()])
    row = dataset_rows(actor=ANYONE, name="system_prices").rows.row(0, named=True)
    assert str(row["start_at"]) == "2026-08-01 01:00:00+00:00"
    assert str(row["published_at"]) == "2026-09-01 00:00:00+00:00"
    assert row["ingested_at"] == NOW


def test_the_version_grows_with_the_dataset_and_only_then(database: Path) -> None:
    versions = [dataset_version(actor=ANYONE, name="system_prices")]
    for period in (1, 1, 2):
        take_in_rows(SYSTEM_PRICES, database / "in", [price_row(period=period)])
        versions.append(dataset_version(actor=ANYONE, name="system_prices"))
    assert versions[0] == 0
    assert versions[1] == versions[2] < versions[3]


def test_only_the_days_and_columns_asked_for_are_read(database: Path) -> None:
    rows = [price_row(f"2026-08-0{day}", 1) for day in (1, 2, 3)]
    take_in_rows(SYSTEM_PRICES, database / "in", rows)
    found = dataset_rows(
        actor=ANYONE,
        name="system_prices",
        since=date(2026, 8, 2),
        until=date(2026, 8, 3),
        columns=["settlement_date"],
    )
    assert found.rows.columns == ["settlement_date"]
    assert found.rows["settlement_date"].to_list() == [date(2026, 8, 2), date(2026, 8, 3)]


def registered(bm_unit: str, since: date, until: date | None = None) -> dict[str, object]:
    return {
        "bm_unit": bm_unit,
        "effective_from": since,
        "effective_to": until,
        "party_id": "ALPHA",
        "trading_unit": "A",
        "unit_type": "T",
        "production_consumption_flag": "P",
        "transmission_loss_factor_per_unit": 0.0,
        "is_baselined": False,
    }


def register(now: datetime, *rows: dict[str, object]) -> None:
    store_rows(
        actor=CONSOLE_OPERATOR,
        name="bm_unit_registrations",
        rows=pl.DataFrame(rows, schema_overrides={"effective_to": pl.Date}),
        source="test",
        now=now,
    )


def test_a_registration_is_read_on_every_day_that_it_holds(database: Path) -> None:
    register(
        NOW,
        registered("T_OPEN-1", date(2010, 1, 1)),
        registered("T_OVER-1", date(2012, 1, 1), date(2020, 6, 30)),
        registered("T_LATE-1", date(2026, 8, 2)),
    )

    def units(since: date, until: date) -> list[str]:
        read = {"actor": ANYONE, "name": "bm_unit_registrations"}
        return dataset_rows(**read, since=since, until=until).rows["bm_unit"].to_list()

    assert units(date(2009, 1, 1), date(2009, 12, 31)) == []
    assert units(date(2020, 6, 30), date(2020, 6, 30)) == ["T_OPEN-1", "T_OVER-1"]
    assert units(date(2020, 7, 1), date(2026, 8, 1)) == ["T_OPEN-1"]
    assert units(date(2026, 8, 1), date(2026, 8, 2)) == ["T_LATE-1", "T_OPEN-1"]


def test_a_registration_that_was_ended_later_was_open_before(database: Path) -> None:
    first, last = date(2010, 1, 1), date(2026, 8, 1)
    register(NOW, registered("T_UNIT-1", first))
    register(NOW + timedelta(days=1), registered("T_UNIT-1", first, last))
    after = {"since": last + timedelta(days=1), "until": last + timedelta(days=1)}
    read = {"actor": ANYONE, "name": "bm_unit_registrations"}
    assert dataset_rows(**read, **after).rows.is_empty()
    assert dataset_rows(**read, **after, as_of=NOW).rows["bm_unit"].to_list() == ["T_UNIT-1"]
    assert dataset_rows(**read, since=last, until=last).rows["effective_to"].to_list() == [last]


def test_what_is_held_is_told(database: Path) -> None:
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row("2026-08-01", 1)])
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row("2025-08-01", 1)])
    held = {one.definition.name: one for one in datasets_held(actor=ANYONE)}["system_prices"]
    assert (held.rows, held.files) == (2, 2)
    assert (held.first_day, held.last_day) == (date(2025, 8, 1), date(2026, 8, 1))


def test_a_corrected_acceptance_keeps_no_point_of_the_one_it_corrects(database) -> None:
    at = datetime(2026, 1, 15, 10, tzinfo=UTC)
    whole = pl.DataFrame(
        {
            "bm_unit": ["T_A-1"] * 3,
            "acceptance_number": [7] * 3,
            "point_order": [1, 2, 3],
            "at": [at, at + timedelta(minutes=10), at + timedelta(minutes=20)],
            "level_mw": [50.0, 80.0, 50.0],
        }
    ).with_columns(pl.col("at").cast(pl.Datetime("us", "UTC")))
    first, later = at + timedelta(hours=1), at + timedelta(hours=2)
    store_rows(actor=CONSOLE_OPERATOR, name="acceptance_points", rows=whole, source="t", now=first)
    half = whole.head(2)
    store_rows(actor=CONSOLE_OPERATOR, name="acceptance_points", rows=half, source="t", now=later)
    held = dataset_rows(
        actor=CONSOLE_OPERATOR, name="acceptance_points", since=at.date(), until=at.date()
    )
    assert held.rows["point_order"].to_list() == [1, 2]

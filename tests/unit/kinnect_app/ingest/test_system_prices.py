from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.actor import ANYONE
from state.services.datasets import dataset_rows
from tests.unit.state.services.feeds import (
    NOW,
    REAL,
    needs_real_data,
    price_row,
    take_in,
    take_in_rows,
)

NINE_YEARS = REAL / "prices" / "system_prices_2016_2024.parquet"
SECOND_VINTAGE = REAL / "prices" / "second_vintage_2019-04_2020-12.parquet"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"systemBuyPrice": 1e6}, "beyond limits"),
        ({"systemSellPrice": float("-inf")}, "not finite"),
        ({"netImbalanceVolume": -253_350}, "beyond limits"),
        ({"netImbalanceVolume": None}, "empty"),
        ({"settlementPeriod": 49}, "no such period"),
        ({"settlementPeriod": 0}, "no such period"),
        ({"settlementPeriod": 5.5}, "not whole"),
        ({"settlementDate": "2025-03-30", "settlementPeriod": 47}, "no such period"),
        ({"startTime": "2026-08-01T02:00:00Z"}, "contradicts itself"),
        ({"startTime": "soon"}, "not a moment"),
        ({"createdDateTime": "2026-07-01T00:00:00Z"}, "published early"),
    ],
)
def test_a_bad_price_is_refused(database: Path, changes: dict[str, object], code: str) -> None:
    rows = [price_row(period=6, startTime="2026-08-01T01:30:00Z"), price_row() | changes]
    rows.append(price_row(period=7))
    receipt = take_in_rows(SYSTEM_PRICES, database / "in", rows)
    assert code in {reason.code for reason in receipt.reasons}
    assert (receipt.rows_stored, receipt.rows_refused) == (2, 1)


def test_the_start_is_worked_out_from_the_period_on_a_long_day(database: Path) -> None:
    rows = [price_row("2025-10-26", period) for period in range(1, 51)]
    receipt = take_in_rows(SYSTEM_PRICES, database / "in", rows)
    assert (receipt.rows_stored, receipt.gaps) == (50, ())
    starts = dataset_rows(actor=ANYONE, name="system_prices").rows["start_at"]
    assert starts[0] == datetime(2025, 10, 25, 23, tzinfo=UTC)
    assert set(starts.diff().drop_nulls()) == {timedelta(minutes=30)}


def test_a_gap_is_told_and_not_filled(database: Path) -> None:
    rows = [price_row(period=period) for period in range(1, 49) if period != 7]
    receipt = take_in_rows(SYSTEM_PRICES, database / "in", rows)
    assert [(gap.settlement_date, gap.held, gap.expected) for gap in receipt.gaps] == [
        (date(2026, 8, 1), 47, 48)
    ]
    assert dataset_rows(actor=ANYONE, name="system_prices").rows.height == 47


def test_named_vintages_of_one_period_in_one_run_are_revisions(database: Path) -> None:
    rows = [price_row(), price_row(vintage="older", systemBuyPrice=1.0)]
    assert take_in_rows(SYSTEM_PRICES, database / "in", rows).rows_stored == 2
    held = dataset_rows(actor=ANYONE, name="system_prices").rows
    assert held["system_buy_price_gbp_per_mwh"].to_list() == [160.0]


@needs_real_data
def test_nine_real_years_and_a_second_vintage_as_a_revision(database: Path) -> None:
    first = take_in(SYSTEM_PRICES, NINE_YEARS)
    assert (first.rows_stored, first.rows_refused) == (157_786, 0)
    assert {gap.held for gap in first.gaps} <= {45, 46, 47}
    second = take_in(SYSTEM_PRICES, SECOND_VINTAGE, NOW + timedelta(days=1))
    assert (second.rows_stored, second.rows_refused) == (30_434, 0)
    day = {"since": date(2020, 3, 4), "until": date(2020, 3, 4)}
    now = dataset_rows(actor=ANYONE, name="system_prices", **day).rows
    then = dataset_rows(actor=ANYONE, name="system_prices", **day, as_of=NOW).rows
    assert set(now["source_run"]) == {"file-2019-04..2022-05"}
    assert set(then["source_run"]) == {None}
    assert now["system_buy_price_gbp_per_mwh"].max() == 2242.3068
    assert dataset_rows(actor=ANYONE, name="system_prices").rows.height == 157_786 + 8


@needs_real_data
def test_a_real_official_answer_is_read(database: Path) -> None:
    path = REAL / "samples" / "gridskew" / "system_prices.json"
    assert take_in(SYSTEM_PRICES, path).rows_stored == 1
    held = dataset_rows(actor=ANYONE, name="system_prices").rows
    assert held["published_at"].to_list() == [datetime(2026, 8, 2, 1, 44, 33, tzinfo=UTC)]


@needs_real_data
def test_rows_in_no_official_envelope_are_refused_whole(database: Path) -> None:
    receipt = take_in(SYSTEM_PRICES, REAL / "prices" / "system_price_rows_with_totals.json")
    assert (receipt.files_refused, receipt.rows_stored) == (1, 0)

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK
from state.domain.datasets import dataset
from state.domain.query import Question
from state.persistence.datasets import parts
from state.persistence.folding import fold, name_folded, small_files
from state.persistence.models.audit import AuditEntryRow
from state.persistence.queries.dataset_rows import every_revision
from state.persistence.transaction import reading, transaction
from state.services.datasets import dataset_rows, dataset_versions, datasets_held
from state.services.folding import fold_files
from state.services.ingest import IngestReceipt, store_rows
from state.services.kept_rows import UnfitKeptRowsError, remove_outdated_rows
from state.services.query import answer_query

PRICES = dataset("system_prices")
NOW = datetime(2026, 8, 15, 12, tzinfo=UTC)
FIRST_KEPT = date(2026, 7, 15)
OLD, EDGE, NEW = date(2026, 7, 14), FIRST_KEPT, date(2026, 8, 14)
LAST_YEAR = date(2025, 12, 31)
FILE = """
datasets:
  system_prices: {months: 1, reason: The disk is small, source: The operator}
"""


def take_in(price: float, *days: date) -> IngestReceipt:
    rows = pl.DataFrame([_row(day, price) for day in days], schema=PRICES.polars_schema)
    return store_rows(
        actor=CONSOLE_OPERATOR,
        name=PRICES.name,
        rows=rows,
        source="test",
        now=NOW - timedelta(days=20) + timedelta(minutes=price),
    )


def _row(day: date, price: float) -> dict[str, object]:
    return {
        "settlement_date": day,
        "settlement_period": 1,
        "start_at": datetime(day.year, day.month, day.day, tzinfo=UTC),
        "published_at": None,
        "system_buy_price_gbp_per_mwh": price,
        "system_sell_price_gbp_per_mwh": price,
        "net_imbalance_volume_mwh": 1.0,
        "price_derivation_code": None,
        "source_run": None,
    }


@pytest.fixture
def held(either_database: Path) -> Path:
    """Two days of last year in a file, and others in files of this year, some revised."""
    take_in(1.0, LAST_YEAR, LAST_YEAR - timedelta(days=1))
    for price in (2.0, 3.0):
        take_in(price, OLD, EDGE, NEW)
    return either_database


def keep_a_month(home: Path) -> None:
    (home / "kept_rows.yaml").write_text(FILE)


def days(as_of: datetime | None = None) -> list[date]:
    found = dataset_rows(actor=ANYONE, name=PRICES.name, as_of=as_of)
    return sorted(found.rows["settlement_date"])


def revisions() -> int:
    with reading() as session:
        return every_revision(session, PRICES.name, since=date(2020, 1, 1), until=NEW).height


def files(home: Path) -> set[Path]:
    return set((home / "datasets").rglob("*.parquet"))


def asked() -> pl.DataFrame:
    sql = Question("SELECT settlement_date FROM revisions.system_prices ORDER BY ALL", None)
    return answer_query(actor=ANYONE, question=sql, asker="test", on=NOW.date()).rows


def test_without_a_setting_nothing_is_ever_removed(held: Path) -> None:
    assert remove_outdated_rows(actor=THE_CLOCK, now=NOW + timedelta(days=9999)) == 0
    assert (len(days()), revisions()) == (5, 8)


@pytest.mark.parametrize("is_folded", [False, True], ids=["single files", "a folded file"])
def test_what_is_too_old_leaves_the_reading_at_once_and_the_disk_a_day_later(
    held: Path, *, is_folded: bool
) -> None:
    if is_folded:
        fold_by_hand()
    before, versions = asked(), dataset_versions(actor=ANYONE, names=[PRICES.name])
    keep_a_month(held)
    assert remove_outdated_rows(actor=THE_CLOCK, now=NOW) == 4
    assert days() == [EDGE, NEW]
    assert days(as_of=NOW - timedelta(days=19)) == [EDGE, NEW]
    assert (revisions(), before.height, asked().height) == (4, 8, 4)
    assert dataset_versions(actor=ANYONE, names=[PRICES.name]) != versions
    (summary,) = [one for one in datasets_held(actor=ANYONE) if one.definition is PRICES]
    assert (summary.rows, summary.first_day, summary.kept and summary.kept.months) == (4, EDGE, 1)
    assert remove_outdated_rows(actor=THE_CLOCK, now=NOW) == 0
    fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=23))
    assert len(files(held)) > 1
    fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=25))
    (only,) = files(held)
    assert pl.read_parquet(only)["settlement_date"].min() == EDGE
    assert days() == [EDGE, NEW]


def fold_by_hand() -> None:
    with reading() as session:
        found = list(small_files(session, least_files=2, most_rows=100))
    with transaction() as session:
        assert all(name_folded(session, fold(one), NOW - timedelta(days=9)) for one in found)


def test_what_was_removed_is_counted_and_stands_in_the_audit_trail(held: Path) -> None:
    keep_a_month(held)
    remove_outdated_rows(actor=THE_CLOCK, now=NOW)
    with reading() as session:
        entry = session.exec(
            select(AuditEntryRow).where(AuditEntryRow.event == "dataset.rows.removed")
        ).one()
    assert entry.subject == "dataset:system_prices"
    for told in ('"rows": 4', '"before": "2026-07-15"', "The disk is small", "The operator"):
        assert told in entry.details


def test_what_is_too_old_is_not_taken_in_and_said_to_be_left_out(held: Path) -> None:
    keep_a_month(held)
    remove_outdated_rows(actor=THE_CLOCK, now=NOW)
    receipt = take_in(9.0, date(2026, 6, 1), NEW)
    assert (receipt.rows_stored, receipt.rows_left_out, receipt.rows_held) == (1, 1, 0)
    assert days() == [EDGE, NEW]


def test_what_was_removed_can_be_taken_in_again_once_it_is_kept_again(held: Path) -> None:
    keep_a_month(held)
    remove_outdated_rows(actor=THE_CLOCK, now=NOW)
    (held / "kept_rows.yaml").unlink()
    version = dataset_versions(actor=ANYONE, names=[PRICES.name])
    take_in(1.0, LAST_YEAR, LAST_YEAR - timedelta(days=1))
    assert dataset_versions(actor=ANYONE, names=[PRICES.name]) > version
    fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=25))
    assert days() == [LAST_YEAR - timedelta(days=1), LAST_YEAR, EDGE, NEW]


def test_whoever_folds_meanwhile_brings_nothing_back(held: Path) -> None:
    with reading() as session:
        found = list(small_files(session, least_files=1, most_rows=100))
        before = parts(session, PRICES.name)
    anew = [fold(one) for one in found]
    keep_a_month(held)
    remove_outdated_rows(actor=THE_CLOCK, now=NOW)
    with transaction() as session:
        assert not any(name_folded(session, one, NOW) for one in anew)
    assert days() == [EDGE, NEW]
    assert all(part.path.is_file() for part in before)


def test_a_file_that_cannot_be_used_removes_nothing(held: Path) -> None:
    (held / "kept_rows.yaml").write_text("datasets: {system_prices: {months: 1}}")
    with pytest.raises(UnfitKeptRowsError, match="reason"):
        remove_outdated_rows(actor=THE_CLOCK, now=NOW)
    assert revisions() == 8

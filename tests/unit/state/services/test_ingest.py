from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sqlmodel import select

from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.actor import ANYONE, CONSOLE_OPERATOR, NotSignedInError
from state.domain.refusal import RefusedError
from state.persistence import storing
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.dataset import DatasetPartRow, IngestRow
from state.persistence.transaction import reading
from state.services import ingest
from state.services.datasets import dataset_rows
from state.services.ingest import StoreBusyError, ingest_files, store_rows
from tests.unit.state.services.feeds import NOW, price_row, take_in_rows
from tests.unit.state.services.stacks import stack_rows

DAY = date(2026, 8, 1)


def store(rows: pl.DataFrame) -> ingest.IngestReceipt:
    return store_rows(
        actor=CONSOLE_OPERATOR, name="action_stack", rows=rows, source="test", now=NOW
    )


def counted(table: type) -> int:
    with reading() as session:
        return len(session.exec(select(table)).all())


def test_the_public_may_not_take_data_in(database: Path) -> None:
    with pytest.raises(NotSignedInError):
        ingest_files(actor=ANYONE, feed=SYSTEM_PRICES, given=(), now=NOW)
    with pytest.raises(NotSignedInError):
        store_rows(actor=ANYONE, name="action_stack", rows=pl.DataFrame(), source="", now=NOW)


def test_each_run_is_recorded_and_audited(database: Path) -> None:
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row()])
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row()])
    with reading() as session:
        runs = session.exec(select(IngestRow)).all()
        entries = session.exec(select(AuditEntryRow)).all()
    assert [(run.rows_stored, run.rows_held, run.sources) for run in runs] == [
        (1, 0, "given.json"),
        (0, 1, "given.json"),
    ]
    assert [entry.event for entry in entries] == ["dataset.rows.ingested"] * 2
    assert counted(DatasetPartRow) == 1


def test_a_frame_is_stored_whole_or_not_at_all(database: Path) -> None:
    bad = stack_rows(DAY, 3).with_columns(volume_mwh=pl.lit(float("inf")))
    with pytest.raises(RefusedError):
        store(bad)
    assert counted(IngestRow) == 0
    assert store(stack_rows(DAY, 3)).rows_stored == 2
    assert store(stack_rows(DAY, 3)).rows_stored == 0


def test_a_period_of_a_stack_is_revised_as_a_whole(database: Path) -> None:
    store(pl.concat([stack_rows(DAY, 3, count=3), stack_rows(DAY, 4, count=2)]))
    assert store(stack_rows(DAY, 3, count=2)).rows_stored == 2
    rows = dataset_rows(actor=ANYONE, name="action_stack", since=DAY, until=DAY).rows
    assert rows.group_by("settlement_period").len().sort("settlement_period").rows() == [
        (3, 2),
        (4, 2),
    ]
    assert store(stack_rows(DAY, 3, count=2)).rows_stored == 0


def test_a_failure_between_files_and_catalogue_stores_nothing(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError("the machine is going down")

    with monkeypatch.context() as broken:
        broken.setattr(storing, "record", fails)
        with pytest.raises(OSError, match="going down"):
            take_in_rows(SYSTEM_PRICES, database / "in", [price_row()])
    assert dataset_rows(actor=ANYONE, name="system_prices").rows.is_empty()
    assert counted(IngestRow) == 0
    assert take_in_rows(SYSTEM_PRICES, database / "in", [price_row()]).rows_stored == 1


def test_runs_at_the_same_time_store_each_row_once(database: Path) -> None:
    rows = [[price_row(period=period), price_row(period=1)] for period in range(2, 10)]

    def run(number: int) -> int:
        return take_in_rows(SYSTEM_PRICES, database / str(number), rows[number]).rows_stored

    with ThreadPoolExecutor(4) as pool:
        stored = sum(pool.map(run, range(len(rows))))
    held = dataset_rows(actor=ANYONE, name="system_prices").rows
    assert (stored, held.height) == (9, 9)
    with reading() as session:
        parts = session.exec(select(DatasetPartRow)).all()
    assert sum(part.rows for part in parts) == 9


def test_a_store_that_is_never_at_rest_is_said_to_be_busy(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = iter(range(1000))
    monkeypatch.setattr(storing, "version", lambda *_: next(versions))
    with pytest.raises(StoreBusyError):
        take_in_rows(SYSTEM_PRICES, database / "in", [price_row()])
    assert counted(IngestRow) == 0

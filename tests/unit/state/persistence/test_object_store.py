"""Files kept elsewhere, by the same library that speaks S3; here elsewhere is another folder."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK
from state.domain.query import Question
from state.persistence.object_store import ObjectStoreError
from state.services import backup
from state.services.datasets import dataset_rows, dataset_version
from state.services.folding import fold_files, send_files
from state.services.query import answer_query
from tests.public_data import NOW
from tests.unit.state.services.test_folding import PRICES, RUNS, everything, take_in

pytest.importorskip("obstore", reason="obstore is missing: install what requirements.lock names")


@pytest.fixture
def elsewhere(database: Path, tmp_path_factory, monkeypatch) -> Path:
    folder = tmp_path_factory.mktemp("objects") / "bucket"
    monkeypatch.setenv("KINNECT_OBJECT_STORE", f"file://{folder}")
    return folder


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*.parquet")}


def test_another_machine_brings_what_it_reads(database: Path, elsewhere: Path) -> None:
    take_in(0)
    take_in(1)
    before = everything()
    assert names(elsewhere) == names(database)
    shutil.rmtree(database / "datasets")
    assert_frame_equal(everything()[0], before[0])
    assert names(elsewhere) == names(database)
    shutil.rmtree(database / "datasets")
    sql = Question("SELECT count(*) AS rows FROM revisions.system_prices", None)
    found = answer_query(actor=ANYONE, question=sql, asker="test", on=NOW.date())
    assert found.rows["rows"].item() == 4


def test_what_is_not_taken_is_not_named(database: Path, monkeypatch) -> None:
    (database / "no folder").write_text("")
    monkeypatch.setenv("KINNECT_OBJECT_STORE", f"file://{database}/no folder/bucket")
    with pytest.raises(ObjectStoreError, match="never took datasets/system_prices/2026/"):
        take_in(0)
    monkeypatch.delenv("KINNECT_OBJECT_STORE")
    assert dataset_version(actor=ANYONE, name=PRICES.name) == 0
    take_in(0)
    assert dataset_rows(actor=ANYONE, name=PRICES.name).rows.height == 2


def test_a_file_that_is_not_what_its_name_says_is_not_read(database: Path, elsewhere: Path) -> None:
    take_in(0)
    shutil.rmtree(database / "datasets")
    (found,) = elsewhere.rglob("*.parquet")
    found.write_bytes(b"something else")
    with pytest.raises(ObjectStoreError, match="not what its name says"):
        everything()
    assert names(database) == set()


def test_what_is_folded_goes_there_and_what_it_replaced_leaves(
    database: Path, elsewhere: Path
) -> None:
    for number in range(RUNS):
        take_in(number)
    before = everything()
    fold_files(actor=THE_CLOCK, now=NOW)
    shutil.rmtree(database / "datasets")
    assert fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=25)).removed == RUNS
    assert len(names(elsewhere)) == 1
    assert_frame_equal(everything()[2], before[2])


def test_an_installation_sends_what_it_has_and_a_backup_brings_all(
    database: Path, tmp_path_factory, monkeypatch
) -> None:
    with pytest.raises(ObjectStoreError, match="KINNECT_OBJECT_STORE is not set"):
        send_files(actor=CONSOLE_OPERATOR)
    take_in(0)
    folder = tmp_path_factory.mktemp("objects")
    monkeypatch.setenv("KINNECT_OBJECT_STORE", f"file://{folder}")
    assert send_files(actor=CONSOLE_OPERATOR) == 1
    assert names(folder) == names(database)
    shutil.rmtree(database / "datasets")
    made = backup.back_up(actor=CONSOLE_OPERATOR, archive=folder / "kinnect.tar.gz")
    assert made.files == 2

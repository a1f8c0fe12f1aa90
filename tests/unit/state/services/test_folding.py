from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal

from kinnect_app.commands.fold import fold as fold_command
from state.domain.actor import ANYONE, CONSOLE_OPERATOR, THE_CLOCK
from state.domain.datasets import dataset
from state.domain.query import Question
from state.persistence.datasets import parts, scan
from state.persistence.folding import fold, name_folded, small_files
from state.persistence.queries.dataset_rows import every_revision
from state.persistence.transaction import reading, transaction
from state.services import backup
from state.services.datasets import changes_after, dataset_rows, dataset_version
from state.services.folding import FoldedFiles, fold_files
from state.services.ingest import store_rows
from state.services.query import answer_query
from tests.databases import installation

PRICES = dataset("system_prices")
DAY = date(2026, 8, 1)
NOW = datetime(2026, 8, 2, tzinfo=UTC)
RUNS = 9
MIDDLE = NOW + timedelta(minutes=RUNS // 2)
SQL = Question("SELECT * FROM revisions.system_prices ORDER BY ALL", None)


def take_in(number: int, price: float | None = None) -> None:
    """A period, and the first one anew at another price: two revisions and a small file a run."""
    rows = [_row(1, price or 100.0 + number), _row(number + 2, 50.0)]
    store_rows(
        actor=CONSOLE_OPERATOR,
        name=PRICES.name,
        rows=pl.DataFrame(rows, schema=PRICES.polars_schema),
        source="test",
        now=NOW + timedelta(minutes=number),
    )


def _row(period: int, price: float) -> dict[str, object]:
    return {
        "settlement_date": DAY,
        "settlement_period": period,
        "start_at": datetime(2026, 7, 31, 23, tzinfo=UTC) + timedelta(minutes=30 * (period - 1)),
        "published_at": None,
        "system_buy_price_gbp_per_mwh": price,
        "system_sell_price_gbp_per_mwh": price,
        "net_imbalance_volume_mwh": 1.0,
        "price_derivation_code": None,
        "source_run": None,
    }


@pytest.fixture
def small(database: Path) -> Path:
    for number in range(RUNS):
        take_in(number)
    return database


def files(home: Path) -> set[str]:
    return {path.name for path in (home / "datasets").rglob("*.parquet")}


def everything() -> tuple[pl.DataFrame, ...]:
    """All that readers are told: now, as it was known, and every revision."""
    with reading() as session:
        every = every_revision(session, PRICES.name, since=DAY, until=DAY)
    return (
        dataset_rows(actor=ANYONE, name=PRICES.name).rows,
        dataset_rows(actor=ANYONE, name=PRICES.name, as_of=MIDDLE).rows,
        every,
    )


def assert_the_same(before: tuple[pl.DataFrame, ...]) -> None:
    for one, other in zip(before, everything(), strict=True):
        assert_frame_equal(one, other)


def picture() -> tuple[object, ...]:
    """What tags of answers and the events are made of."""
    version = dataset_version(actor=ANYONE, name=PRICES.name)
    return version, changes_after(actor=ANYONE, ingest=0)


def test_many_files_become_one_and_nobody_can_tell(either_database: Path) -> None:
    for number in range(RUNS):
        take_in(number)
    before, told = everything(), picture()
    assert before[0].height == RUNS + 1
    assert before[1].height < before[0].height
    assert fold_files(actor=THE_CLOCK, now=NOW) == FoldedFiles(RUNS, 1, 2 * RUNS, 0)
    assert_the_same(before)
    assert picture() == told
    assert len(files(either_database)) == RUNS + 1
    assert fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=25)).removed == RUNS
    assert len(files(either_database)) == 1
    assert_the_same(before)
    assert fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=26)) == FoldedFiles()


def test_sql_reads_what_is_folded_beside_what_is_not(small: Path) -> None:
    def asked() -> pl.DataFrame:
        return answer_query(actor=ANYONE, question=SQL, asker="test", on=NOW.date()).rows

    fold_files(actor=THE_CLOCK, now=NOW)
    take_in(RUNS)
    found = asked()
    assert found.height == 2 * (RUNS + 1)
    assert found["ingested_at"].n_unique() == RUNS + 1
    latest = Question("SELECT * FROM system_prices ORDER BY settlement_period", MIDDLE)
    as_known = answer_query(actor=ANYONE, question=latest, asker="test", on=NOW.date()).rows
    assert as_known["system_buy_price_gbp_per_mwh"][0] == 100.0 + RUNS // 2


def test_whoever_began_to_read_before_reads_on(small: Path) -> None:
    with reading() as session:
        held = parts(session, PRICES.name)
    before = scan(PRICES, held).collect().sort(pl.all())
    fold_files(actor=THE_CLOCK, now=NOW)
    assert_frame_equal(scan(PRICES, held).collect().sort(pl.all()), before)


def test_what_is_brought_meanwhile_stays_and_two_who_fold_do_so_once(small: Path) -> None:
    with reading() as session:
        (found,) = small_files(session, least_files=2, most_rows=100)
    one, another = fold(found), fold(found)
    take_in(RUNS)
    before = everything()
    with transaction() as session:
        assert name_folded(session, one, NOW)
    with transaction() as session:
        assert not name_folded(session, another, NOW)
    assert_the_same(before)


def test_what_was_folded_is_folded_again_and_held_rows_stay_known(small: Path) -> None:
    fold_files(actor=THE_CLOCK, now=NOW)
    for number in range(RUNS):
        take_in(number)  # held already: nothing comes of it
    assert len(files(small)) == RUNS + 1
    for number in range(RUNS, RUNS + 8):
        take_in(number)
    before = everything()
    done = fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=1))
    assert (done.files, done.into) == (9, 1)
    assert fold_files(actor=THE_CLOCK, now=NOW + timedelta(hours=26)).removed == RUNS + 9
    assert len(files(small)) == 1
    assert_the_same(before)


def test_large_files_are_left_as_they_are(small: Path) -> None:
    with reading() as session:
        assert list(small_files(session, least_files=2, most_rows=2)) == []


def test_a_backup_needs_nothing_that_was_folded(small: Path, tmp_path_factory) -> None:
    fold_files(actor=THE_CLOCK, now=NOW)
    take_in(RUNS)
    before = everything()
    folder = tmp_path_factory.mktemp("elsewhere")
    made = backup.back_up(actor=CONSOLE_OPERATOR, archive=folder / "kinnect.tar.gz")
    assert made.files == 3
    with installation(folder / "new"):
        backup.restore(actor=CONSOLE_OPERATOR, archive=folder / "kinnect.tar.gz")
        assert_the_same(before)


def test_the_command_says_what_it_did(small: Path) -> None:
    done = CliRunner().invoke(fold_command)
    assert (done.exit_code, done.output) == (
        0,
        "9 files with 18 rows are 1 now; 0 that were folded before are removed.\n",
    )

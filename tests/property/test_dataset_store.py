"""However the rows of a feed are ordered and cut into files, the store and its answers are one."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from kinnect_app.ingest.fuelinst import FUELINST
from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.feeds import GivenFile
from state.services.datasets import dataset_rows
from state.services.ingest import ingest_files
from tests.databases import fresh_installation
from tests.property.examples import examples

NOW = datetime(2026, 11, 21, tzinfo=UTC)
START = datetime(2025, 10, 25, 22, tzinfo=UTC)

_ROW = st.fixed_dictionaries(
    {
        "startTime": st.integers(0, 60).map(lambda n: START + timedelta(minutes=5 * n)),
        "fuelType": st.sampled_from(["WIND", "CCGT", "FUSION"]),
        "generation": st.sampled_from([1, 2, 3, 10**9]),
        "late": st.sampled_from([None, 5, 60]),
    }
)


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    made = [
        {
            "startTime": row["startTime"],
            "publishTime": row["late"] and row["startTime"] + timedelta(minutes=row["late"]),
            "fuelType": row["fuelType"],
            "generation": row["generation"],
        }
        for row in rows
    ]
    moment = pl.Datetime("us", "UTC")
    return pl.DataFrame(made, schema_overrides={"startTime": moment, "publishTime": moment})


def _stored(files: list[list[dict[str, Any]]]) -> tuple[dict[str, bytes], pl.DataFrame, int]:
    given_files = [GivenFile(f"{n}", _frame(rows)) for n, rows in enumerate(files) if rows]
    with tempfile.TemporaryDirectory() as folder, fresh_installation(Path(folder)) as database:
        receipt = None
        for _ in range(2):  # the second time changes nothing
            receipt = ingest_files(
                actor=CONSOLE_OPERATOR, feed=FUELINST, given=given_files, now=NOW
            )
        assert receipt is not None
        assert receipt.rows_stored == 0
        store = {
            str(path.relative_to(database)): path.read_bytes()
            for path in (database / "datasets").rglob("*.parquet")
        }
        answer = dataset_rows(actor=ANYONE, name="generation_by_fuel").rows
        return store, answer, receipt.rows_refused


@settings(max_examples=examples(10), deadline=None)
@given(data=st.data(), rows=st.lists(_ROW, min_size=1, max_size=40), cuts=st.integers(1, 5))
def test_order_and_cutting_change_nothing(
    data: st.DataObject, rows: list[dict[str, Any]], cuts: int
) -> None:
    shuffled = data.draw(st.permutations(rows))
    files = [shuffled[n::cuts] for n in range(cuts)]
    store, answer, refused = _stored([rows])
    other_store, other_answer, other_refused = _stored(files)
    assert store == other_store
    assert answer.equals(other_answer)
    assert refused == other_refused

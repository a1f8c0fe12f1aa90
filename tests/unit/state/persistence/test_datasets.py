import os
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from state.domain.datasets import dataset
from state.persistence import datasets as store
from state.persistence.datasets import write
from state.persistence.disk import put_file

GENERATION = dataset("generation_by_fuel")


def rows() -> pl.DataFrame:
    first, last = (
        datetime(2025, 10, 31, 23, 45, tzinfo=UTC),
        datetime(2025, 11, 1, 0, 5, tzinfo=UTC),
    )
    return pl.DataFrame({"start_at": pl.datetime_range(first, last, "5m", eager=True)}).select(
        "start_at",
        published_at=pl.col("start_at"),
        fuel_code=pl.lit("WIND"),
        generation_mw=pl.lit(5000, pl.Int64),
    )


def test_the_same_rows_in_any_order_give_the_same_files(database: Path) -> None:
    first = write(GENERATION, rows())
    again = write(GENERATION, rows().reverse())
    assert first == again
    assert [part.partition for part in first] == ["2025-10", "2025-11"]
    assert [part.rows for part in first] == [3, 2]


def test_no_file_is_half_there(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="no space"):
        put_file(database / "a" / "b.parquet", b"content")
    assert list((database / "a").iterdir()) == []


def test_a_file_that_was_cut_short_is_put_right(database: Path) -> None:
    path = database / "a" / "b.parquet"
    put_file(path, b"content")
    path.write_bytes(b"con")
    put_file(path, b"content")
    assert path.read_bytes() == b"content"


def test_an_empty_store_gives_an_empty_frame_of_the_right_columns(database: Path) -> None:
    found = store.scan(GENERATION, ()).collect()
    assert found.columns == [*GENERATION.polars_schema, "ingest_id", "ingested_at"]

"""The store of rows: immutable Parquet files named by their content, and a catalogue of them.

Files are written whole, flushed to the disk and renamed before the catalogue names them, so a
reader sees all of a run or nothing of it; a crash leaves at most a file that nothing names.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa
from sqlmodel import Session, col, select

from settlement_engine.periods import settlement_date_of
from state.domain.datasets import INGESTED_AT, MOMENT, Dataset
from state.persistence.models.dataset import DatasetPartRow
from state.persistence.publishing import closed_here
from state.persistence.transaction import data_directory

_ROW_GROUP: Final = 125_000
_POSTGRESQL_LOCK: Final = 7331002  # SQLite's BEGIN IMMEDIATE already lets one writer in at a time

INGEST_ID: Final = "ingest_id"
_FILE: Final = "_file"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the store, as the catalogue knows it."""

    id: int
    ingest_id: int
    dataset: str
    partition: str
    sha256: str
    rows: int
    size_bytes: int
    first_day: date
    last_day: date
    ingested_at: datetime

    @property
    def path(self) -> Path:
        """Where the file stands."""
        return _folder(self.dataset, self.partition) / f"{self.sha256}.parquet"


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A file that is on the disk and that the catalogue does not name yet."""

    partition: str
    sha256: str
    rows: int
    size_bytes: int
    first_day: date
    last_day: date


def valid_day(dataset: Dataset) -> pl.Expr:
    """The Settlement Date that a row belongs to, which decides its partition."""
    column = pl.col(dataset.valid_time)
    return (
        column if dataset.column(dataset.valid_time).type == "date" else settlement_date_of(column)
    )


def write(dataset: Dataset, frame: pl.DataFrame) -> tuple[WrittenPart, ...]:
    """Put new rows on the disk, one file a partition. The same rows give the same bytes."""
    marked = frame.with_columns(_day=valid_day(dataset)).with_columns(
        _partition=dataset.partition_of(pl.col("_day"))
    )
    groups = marked.sort("_partition").partition_by("_partition", as_dict=True, maintain_order=True)
    return tuple(_write_part(dataset, str(name), rows) for (name,), rows in groups.items())


def _write_part(dataset: Dataset, partition: str, marked: pl.DataFrame) -> WrittenPart:
    rows = marked.select(*dataset.polars_schema).sort(dataset.row_order, maintain_order=True)
    content = _parquet(rows)
    sha256 = hashlib.sha256(content).hexdigest()
    folder = _folder(dataset.name, partition)
    put_file(folder / f"{sha256}.parquet", content)
    days = marked["_day"]
    return WrittenPart(
        partition=partition,
        sha256=sha256,
        rows=rows.height,
        size_bytes=len(content),
        first_day=days.min(),  # type: ignore[arg-type]  # a column of dates
        last_day=days.max(),  # type: ignore[arg-type]
    )


def _parquet(rows: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    rows.rechunk().write_parquet(
        buffer, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP, statistics=True
    )
    return buffer.getvalue()


def put_file(path: Path, content: bytes) -> None:
    """Put a whole file in its place, on the disk for good, unless it is there already."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _folder(dataset: str, partition: str) -> Path:
    return data_directory() / "datasets" / dataset / partition


def catalogue_parts(
    session: Session, *, dataset: str, ingest_id: int, at: datetime, written: Iterable[WrittenPart]
) -> None:
    """Name files that are on the disk, so that readers see them when the transaction is over."""
    for part in written:
        session.add(
            DatasetPartRow(
                ingest_id=ingest_id,
                dataset=dataset,
                ingested_at=at,
                **{name: getattr(part, name) for name in WrittenPart.__slots__},
            )
        )
    session.flush()


def let_one_writer_in(session: Session) -> None:
    """Wait until no other run adds to the catalogue; held until the transaction is over."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))


def parts(
    session: Session,
    dataset: str,
    *,
    since: date | None = None,
    until: date | None = None,
    partitions: frozenset[str] | None = None,
) -> tuple[Part, ...]:
    """Files that may hold rows of the days asked for (both included), oldest first.

    In a picture for the public, none of a dataset that is closed.
    """
    if dataset in closed_here(session):
        return ()
    query = select(DatasetPartRow).where(DatasetPartRow.dataset == dataset)
    if since is not None:
        query = query.where(DatasetPartRow.last_day >= since)
    if until is not None:
        query = query.where(DatasetPartRow.first_day <= until)
    if partitions is not None:
        query = query.where(col(DatasetPartRow.partition).in_(sorted(partitions)))
    rows = session.exec(query.order_by(col(DatasetPartRow.id)))
    return tuple(_part(row) for row in rows)


def _part(row: DatasetPartRow) -> Part:
    facts = {name: getattr(row, name) for name in Part.__slots__}
    return Part(**facts | {INGESTED_AT: _utc(row.ingested_at)})


def _utc(at: datetime) -> datetime:
    """SQLite gives moments back without their zone; what we store is UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def scan(dataset: Dataset, held: Sequence[Part]) -> pl.LazyFrame:
    """Every row of the files, each with the run that brought it and when.

    One scan reads all files: a scan a file takes forty times as long for a few hundred of them.
    """
    taken_in = {INGEST_ID: pl.Int64(), INGESTED_AT: MOMENT}
    if not held:
        return pl.LazyFrame(schema=dataset.polars_schema | taken_in)
    runs = pl.LazyFrame(
        [(str(part.path), part.ingest_id, part.ingested_at) for part in held],
        schema={_FILE: pl.String(), **taken_in},
        orient="row",
    )
    rows = pl.scan_parquet([part.path for part in held], include_file_paths=_FILE)
    return rows.join(runs, on=_FILE, how="left", maintain_order="left").drop(_FILE)

"""The store of rows: immutable Parquet files named by their content, and a catalogue of them.

Files are written whole, flushed to the disk and renamed before the catalogue names them, so a
reader sees all of a run or nothing of it; a crash leaves at most a file that nothing names.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
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
from state.persistence.models.dataset import DatasetPartRow, FoldedFileRow
from state.persistence.object_store import bring, put_stored
from state.persistence.publishing import is_held_here
from state.persistence.transaction import data_directory

_ROW_GROUP: Final = 125_000
_POSTGRESQL_LOCK: Final = 7331002  # SQLite's BEGIN IMMEDIATE already lets one writer in at a time

INGEST_ID: Final = "ingest_id"
TAKEN_IN: Final[Mapping[str, pl.DataType]] = {INGEST_ID: pl.Int64(), INGESTED_AT: MOMENT}
"""What each row of a folded file says of itself, and the catalogue of the rows of any other."""
_FILE: Final = "_file"


@dataclass(frozen=True, slots=True)
class Part:
    """What one run added to a partition, as the catalogue knows it.

    One that is held back from the public says from when on its time counts. `folded_sha256` names
    the file that its rows were folded into with those of others.
    """

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
    held_since: datetime | None = None
    folded_sha256: str | None = None

    @property
    def path(self) -> Path:
        """Where the file with its rows stands."""
        return file_path(self.dataset, self.partition, self.folded_sha256 or self.sha256)


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
    content = parquet(rows)
    sha256 = hashlib.sha256(content).hexdigest()
    put_stored(file_path(dataset.name, partition, sha256), content)
    days = marked["_day"]
    return WrittenPart(
        partition=partition,
        sha256=sha256,
        rows=rows.height,
        size_bytes=len(content),
        first_day=days.min(),  # type: ignore[arg-type]  # a column of dates
        last_day=days.max(),  # type: ignore[arg-type]
    )


def parquet(rows: pl.DataFrame) -> bytes:
    """Rows as a file of the store: the same rows in the same order give the same bytes."""
    buffer = BytesIO()
    rows.rechunk().write_parquet(
        buffer, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP, statistics=True
    )
    return buffer.getvalue()


def file_path(dataset: str, partition: str, sha256: str) -> Path:
    """Where a file of the store stands."""
    return data_directory() / "datasets" / dataset / partition / f"{sha256}.parquet"


def catalogue_parts(  # a part has this many sides
    session: Session,
    *,
    dataset: str,
    ingest_id: int,
    at: datetime,
    written: Iterable[WrittenPart],
    held_since: datetime | None = None,
) -> None:
    """Name files that are on the disk, so that readers see them when the transaction is over.

    With `held_since`, the public does not see them yet.
    """
    for part in written:
        _let_go_of_the_name(session, dataset, part)
        session.add(
            DatasetPartRow(
                ingest_id=ingest_id,
                dataset=dataset,
                ingested_at=at,
                held_since=held_since,
                **{name: getattr(part, name) for name in WrittenPart.__slots__},
            )
        )
    session.flush()


def _let_go_of_the_name(session: Session, dataset: str, part: WrittenPart) -> None:
    """The same rows were removed once, and are kept again since: their file is in use.

    The earlier part stays under another name, so that its key is never given again.
    """
    session.execute(
        sa.update(DatasetPartRow)
        .where(
            col(DatasetPartRow.dataset) == dataset,
            col(DatasetPartRow.partition) == part.partition,
            col(DatasetPartRow.sha256) == part.sha256,
            col(DatasetPartRow.removed_rows_id).is_not(None),
        )
        .values(sha256="removed-" + sa.cast(col(DatasetPartRow.id), sa.String()))
    )


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
    query = (
        select(DatasetPartRow, FoldedFileRow.sha256)
        .join(FoldedFileRow, isouter=True)
        .where(DatasetPartRow.dataset == dataset, is_held_here(session))
    )
    if since is not None:
        query = query.where(DatasetPartRow.last_day >= since)
    if until is not None:
        query = query.where(DatasetPartRow.first_day <= until)
    if partitions is not None:
        query = query.where(col(DatasetPartRow.partition).in_(sorted(partitions)))
    rows = session.exec(query.order_by(col(DatasetPartRow.id)))
    return tuple(_part(row, folded) for row, folded in rows)


_FACTS: Final = tuple(name for name in Part.__slots__ if name != "folded_sha256")


def _part(row: DatasetPartRow, folded: str | None) -> Part:
    facts = {name: getattr(row, name) for name in _FACTS}
    held_since = utc(row.held_since) if row.held_since else None
    moments = {INGESTED_AT: utc(row.ingested_at), "held_since": held_since}
    return Part(**facts | moments, folded_sha256=folded)


def utc(at: datetime) -> datetime:
    """SQLite gives moments back without their zone; what we store is UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def scan(dataset: Dataset, held: Sequence[Part]) -> pl.LazyFrame:
    """Every row of the files, each with the run that brought it and when.

    A file that was folded has rows of other parts of its partition too. One scan reads all files
    of a kind: a scan a file takes forty times as long for a few hundred of them.
    """
    bring(part.path for part in held)
    single = [part for part in held if part.folded_sha256 is None]
    folded = sorted({part.path for part in held if part.folded_sha256 is not None})
    kinds = []
    if folded:
        columns = [*dataset.polars_schema, *TAKEN_IN]
        kinds.append(pl.scan_parquet(folded).select(columns))
    if single:
        kinds.append(_scan_single(single))
    if not kinds:
        return pl.LazyFrame(schema={**dataset.polars_schema, **TAKEN_IN})
    return pl.concat(kinds)


def _scan_single(held: Sequence[Part]) -> pl.LazyFrame:
    runs = pl.LazyFrame(
        [(str(part.path), part.ingest_id, part.ingested_at) for part in held],
        schema={_FILE: pl.String(), **TAKEN_IN},
        orient="row",
    )
    rows = pl.scan_parquet([part.path for part in held], include_file_paths=_FILE)
    return rows.join(runs, on=_FILE, how="left", maintain_order="left").drop(_FILE)

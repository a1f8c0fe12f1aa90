"""Folding files: many small files of a partition become one, and readers never see half.

The new file is written whole and flushed before one transaction names it in place of those that it
holds. Those stay for whoever still reads them, and are removed when that time is over.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa
from sqlmodel import Session, col, select

from state.domain.datasets import Dataset, datasets
from state.persistence.datasets import (
    INGEST_ID,
    TAKEN_IN,
    Part,
    file_path,
    let_one_writer_in,
    parquet,
    parts,
    scan,
)
from state.persistence.models.dataset import DatasetPartRow, FoldedFileRow, RemovedRowsRow
from state.persistence.object_store import put_stored

_AT_ONCE: Final = 500
"""Keys that one statement names."""


@dataclass(frozen=True, slots=True)
class Small:
    """Files of a partition that are small, as the parts whose rows they hold."""

    dataset: str
    partition: str
    files: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A file on the disk that nothing names yet, and what it was made of."""

    small: Small
    sha256: str
    rows: int
    size_bytes: int


def small_files(session: Session, *, least_files: int, most_rows: int) -> Iterator[Small]:
    """Partitions that have so many files of fewer than so many rows each."""
    for name in datasets():
        by_partition: defaultdict[str, defaultdict[str, list[Part]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for part in parts(session, name):
            by_partition[part.partition][part.folded_sha256 or part.sha256].append(part)
        for partition, files in by_partition.items():
            found = [one for one in files.values() if _rows(one) < most_rows and _is_shown(one)]
            if len(found) >= least_files:
                held = tuple(part for one in found for part in one)
                yield Small(name, partition, len(found), held)


def fold(small: Small, keep: pl.Expr | None = None) -> Folded:
    """Write one file with all their rows, each with the run that brought it, and when.

    With `keep`, with those rows alone of which it is true.
    """
    definition = datasets()[small.dataset]
    rows = _all_rows(definition, small.parts)
    rows = rows if keep is None else rows.filter(keep)
    content = parquet(rows)
    sha256 = hashlib.sha256(content).hexdigest()
    put_stored(file_path(small.dataset, small.partition, sha256), content)
    return Folded(small, sha256, rows.height, len(content))


def name_folded(session: Session, folded: Folded, now: datetime) -> bool:
    """Name the file in place of those that it holds; not where somebody else folded one of them.

    The version of the dataset stays what it is: nothing in it has changed.
    """
    let_one_writer_in(session)
    small = folded.small
    before = {part.id: part.folded_sha256 for part in small.parts}
    held = {part.id: part.folded_sha256 for part in parts(session, small.dataset)}
    if any(held.get(key, "") != sha256 for key, sha256 in before.items()):
        return False
    replaced = {sha256 for sha256 in before.values() if sha256 is not None}
    row = FoldedFileRow(
        dataset=small.dataset,
        partition=small.partition,
        sha256=folded.sha256,
        rows=folded.rows,
        size_bytes=folded.size_bytes,
        made_at=now,
    )
    session.add(row)
    session.flush()
    for keys in chunks(sorted(before)):
        session.execute(
            sa.update(DatasetPartRow)
            .where(col(DatasetPartRow.id).in_(keys))
            .values(folded_file_id=row.id)
        )
    for sha256 in replaced:
        session.execute(
            sa.update(FoldedFileRow)
            .where(
                col(FoldedFileRow.dataset) == small.dataset,
                col(FoldedFileRow.sha256) == sha256,
                col(FoldedFileRow.id) != row.id,
            )
            .values(superseded_at=now)
        )
    return True


def replaced_files(session: Session, *, before: datetime | None = None) -> dict[Path, int]:
    """Files that nobody needs since a moment or earlier, and the row that says so.

    Their rows stand in another file, or are kept no longer.
    """
    found: dict[Path, int] = {}
    of_parts = (
        select(DatasetPartRow, FoldedFileRow.id)
        .join(FoldedFileRow)
        .where(col(FoldedFileRow.sources_removed_at).is_(None))
    )
    of_folded = select(FoldedFileRow).where(
        col(FoldedFileRow.superseded_at).is_not(None), col(FoldedFileRow.removed_at).is_(None)
    )
    of_removed = (
        select(DatasetPartRow, RemovedRowsRow.id)
        .join(RemovedRowsRow)
        .where(
            col(RemovedRowsRow.files_removed_at).is_(None),
            col(DatasetPartRow.folded_file_id).is_(None),
        )
    )
    if before is not None:
        of_parts = of_parts.where(col(FoldedFileRow.made_at) < before)
        of_folded = of_folded.where(col(FoldedFileRow.superseded_at) < before)
        of_removed = of_removed.where(col(RemovedRowsRow.at) < before)
    for part, key in (*session.exec(of_parts), *session.exec(of_removed)):
        found[file_path(part.dataset, part.partition, part.sha256)] = key or 0
    for row in session.exec(of_folded):
        found[file_path(row.dataset, row.partition, row.sha256)] = row.id or 0
    return found


def note_removed(session: Session, *, before: datetime, now: datetime) -> None:
    """Note that the files of `replaced_files` before a moment are gone."""
    session.execute(
        sa.update(FoldedFileRow)
        .where(col(FoldedFileRow.made_at) < before, col(FoldedFileRow.sources_removed_at).is_(None))
        .values(sources_removed_at=now)
    )
    session.execute(
        sa.update(FoldedFileRow)
        .where(col(FoldedFileRow.superseded_at) < before, col(FoldedFileRow.removed_at).is_(None))
        .values(removed_at=now)
    )
    session.execute(
        sa.update(RemovedRowsRow)
        .where(col(RemovedRowsRow.at) < before, col(RemovedRowsRow.files_removed_at).is_(None))
        .values(files_removed_at=now)
    )


def _all_rows(definition: Dataset, held: Sequence[Part]) -> pl.DataFrame:
    wanted = pl.LazyFrame({INGEST_ID: sorted({part.ingest_id for part in held})})
    rows = scan(definition, held).join(wanted, on=INGEST_ID, how="semi")
    return (
        rows.sort(*definition.row_order, INGEST_ID)
        .select(*definition.polars_schema, *TAKEN_IN)
        .collect()
    )


def _is_shown(held: Sequence[Part]) -> bool:
    """Whether nothing of it is held back: a folded file is shown whole."""
    return all(part.held_since is None for part in held)


def _rows(held: Sequence[Part]) -> int:
    return sum(part.rows for part in held)


def chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Keys, as many at once as one statement names."""
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]

"""Removing rows that are kept no longer: from what is read at once, from the disk a day later.

A file whose rows all go leaves the catalogue. What stays of the others is written into one new file
a partition first; then one transaction names it, and counts what is gone. Whoever read before goes
on with the old files, which are removed with those that were folded (`folding.replaced_files`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl
import sqlalchemy as sa
from sqlmodel import Session, col

from state.domain.datasets import Kept, dataset
from state.domain.kept_rows import kept_rows
from state.persistence.datasets import (
    INGEST_ID,
    Part,
    file_path,
    let_one_writer_in,
    parts,
    valid_day,
)
from state.persistence.folding import Folded, Small, chunks, fold, name_folded
from state.persistence.models.dataset import DatasetPartRow, FoldedFileRow, RemovedRowsRow
from state.persistence.storing import StoreMovedError
from state.persistence.transaction import data_directory

KEPT_ROWS_FILE: Final = "kept_rows.yaml"


def installed_kept_rows() -> Mapping[str, Kept]:
    """The datasets whose rows are not kept for ever, as configured now."""
    local = data_directory() / KEPT_ROWS_FILE
    changed = local.stat().st_mtime_ns if local.is_file() else 0
    return _read_once(local, changed)


@lru_cache(maxsize=8)
def _read_once(local: Path, _changed: int) -> Mapping[str, Kept]:
    return kept_rows(local)


def rows_removed(session: Session) -> dict[str, int]:
    """How many rows of each dataset were ever removed."""
    counted = sa.select(col(RemovedRowsRow.dataset), sa.func.sum(col(RemovedRowsRow.rows)))
    found = session.execute(counted.group_by(col(RemovedRowsRow.dataset)))
    return {name: int(rows) for name, rows in found}


@dataclass(frozen=True, slots=True)
class Outdated:
    """Parts of a dataset that hold rows of before a day.

    Of the files of `gone` nothing stays. Those of `mixed`, by partition, hold later rows too.
    """

    dataset: str
    before: date
    gone: tuple[Part, ...]
    mixed: tuple[Small, ...]


@dataclass(frozen=True, slots=True)
class Stays:
    """A file with what stays of the mixed files of a partition, and that by the run it came by."""

    folded: Folded
    by_run: pl.DataFrame


def outdated(session: Session, name: str, before: date) -> Outdated | None:
    """What of a dataset is of days before the one given; none where nothing is."""
    old = [part for part in parts(session, name, until=before) if part.first_day < before]
    if not old:
        return None
    partitions = frozenset(part.partition for part in old)
    files: defaultdict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in parts(session, name, partitions=partitions):
        files[part.partition, part.folded_sha256 or part.sha256].append(part)
    gone: list[Part] = []
    mixed: defaultdict[str, list[list[Part]]] = defaultdict(list)
    for (partition, _), held in files.items():
        if any(part.held_since for part in held):
            continue  # what is held back from the public is folded with nothing: it waits
        if all(part.last_day < before for part in held):
            gone.extend(held)
        elif any(part.first_day < before for part in held):
            mixed[partition].append(held)
    if not gone and not mixed:
        return None
    return Outdated(
        name,
        before,
        tuple(gone),
        tuple(
            Small(name, partition, len(found), tuple(part for one in found for part in one))
            for partition, found in mixed.items()
        ),
    )


def written_anew(found: Outdated) -> tuple[Stays, ...]:
    """Write what stays of mixed files, where nothing names it yet."""
    day = valid_day(dataset(found.dataset))
    return tuple(_stays(fold(small, day >= found.before), day) for small in found.mixed)


def _stays(folded: Folded, day: pl.Expr) -> Stays:
    small = folded.small
    rows = pl.scan_parquet(file_path(small.dataset, small.partition, folded.sha256))
    counted = rows.group_by(INGEST_ID).agg(rows=pl.len(), first_day=day.min(), last_day=day.max())
    return Stays(folded, counted.collect())


def remove_rows(
    session: Session, found: Outdated, anew: tuple[Stays, ...], kept: Kept, now: datetime
) -> int:
    """Take the rows of before the day out of what is read; gives how many.

    Raises:
        StoreMovedError: Others changed one of the files meanwhile; nothing is to be kept of it.
    """
    let_one_writer_in(session)
    held = {part.id: part.folded_sha256 for part in parts(session, found.dataset)}
    if any(held.get(part.id, "") != part.folded_sha256 for part in found.gone):
        raise StoreMovedError(found.dataset)
    if not all(name_folded(session, one.folded, now) for one in anew):
        raise StoreMovedError(found.dataset)
    touched = [*found.gone, *(part for one in found.mixed for part in one.parts)]
    rows = sum(part.rows for part in touched) - sum(one.folded.rows for one in anew)
    row = RemovedRowsRow(
        dataset=found.dataset, before=found.before, kept_months=kept.months, rows=rows, at=now
    )
    session.add(row)
    session.flush()
    _mark(session, found.gone, row.id)
    _supersede(session, found.gone, now)
    for one in anew:
        _recount(session, one, row.id)
    return rows


def _mark(session: Session, gone: Sequence[Part], removed_rows_id: int | None) -> None:
    for keys in chunks([part.id for part in gone]):
        session.execute(
            sa.update(DatasetPartRow)
            .where(col(DatasetPartRow.id).in_(keys))
            .values(removed_rows_id=removed_rows_id)
        )


def _supersede(session: Session, gone: Sequence[Part], now: datetime) -> None:
    """Folded files that hold none but removed rows go as those do that were folded anew."""
    for part in {(one.partition, one.folded_sha256): one for one in gone}.values():
        session.execute(
            sa.update(FoldedFileRow)
            .where(
                col(FoldedFileRow.dataset) == part.dataset,
                col(FoldedFileRow.partition) == part.partition,
                col(FoldedFileRow.sha256) == part.folded_sha256,
            )
            .values(superseded_at=now)
        )


def _recount(session: Session, stays: Stays, removed_rows_id: int | None) -> None:
    """Each part of a mixed file says what it has now; one with nothing is removed."""
    left = {one.pop(INGEST_ID): one for one in stays.by_run.iter_rows(named=True)}
    for part in stays.folded.small.parts:
        values = left.get(part.ingest_id) or {"removed_rows_id": removed_rows_id}
        session.execute(
            sa.update(DatasetPartRow).where(col(DatasetPartRow.id) == part.id).values(**values)
        )

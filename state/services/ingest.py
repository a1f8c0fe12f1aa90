"""Taking data in: files of a feed, row by row, or a frame that we made ourselves, whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl
from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.datasets import Dataset, dataset
from state.domain.feeds import CheckedRows, Circumstances, Feed, GivenFile, none_refused
from state.domain.fuels import fuel_table
from state.domain.gaps import gaps
from state.domain.given_files import checked
from state.domain.made_rows import MadeRows, made_rows
from state.domain.permissions import Permission
from state.domain.refusal import RefusedError
from state.domain.revisions import not_held
from state.persistence.audit_trail import record
from state.persistence.datasets import (
    WrittenPart,
    catalogue_parts,
    let_one_writer_in,
    parts,
    scan,
    valid_day,
    write,
)
from state.persistence.fuels import installed_fuels
from state.persistence.ingest_reports import write_report
from state.persistence.models.dataset import IngestRow
from state.persistence.queries.dataset_catalogue import version
from state.persistence.queries.dataset_rows import versioned_rows
from state.persistence.transaction import data_directory, reading, transaction

_TRIES: Final = 20


class StoreBusyError(Exception):
    """Other runs added to the same dataset again and again; nothing was stored."""


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """One kind of reason: how often, and one example in words."""

    code: str
    count: int
    file: str
    row: int | None
    column: str | None
    value: str | None
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A day that does not hold a value for each of its periods."""

    settlement_date: date
    held: int
    expected: int


@dataclass(frozen=True, slots=True)
class IngestReceipt:
    """What became of what was given."""

    ingest: int
    dataset: str
    files: int
    files_refused: int
    rows_read: int
    rows_stored: int
    rows_held: int
    rows_repeated: int
    rows_refused: int
    reasons: tuple[ReasonCount, ...]
    days_with_gaps: int
    gaps: tuple[Gap, ...]
    report: Path | None
    version: int


def ingest_files(
    *, actor: Actor, feed: Feed, given: Sequence[GivenFile], now: datetime
) -> IngestReceipt:
    """Store the good rows of files; every refused row stands in the report with its reasons.

    Raises:
        NotAllowedError: The actor may not take data in.
        StoreBusyError: Other runs kept adding to the dataset; try again.
    """
    actor.require(Permission.DATA_INGEST)
    definition = dataset(feed.dataset)
    fuels = fuel_table(installed_fuels())
    found = checked(given, Circumstances(feed, definition, fuels, now))
    run = _Run(
        definition=definition,
        rows=found.rows,
        sources=tuple(file.name for file in given),
        checked=found,
        report=write_report(definition.name, found.refused),
    )
    stored = _store(actor, run, now)
    return _receipt(run, stored, _gaps(run, feed.grid_minutes))


def store_rows(
    *, actor: Actor, name: str, rows: pl.DataFrame, source: str, now: datetime
) -> IngestReceipt:
    """Store a frame that we made ourselves: all of it, or nothing when any of it is unfit.

    Columns that may be empty can be left out. Rows that are held already are not stored again.

    Raises:
        NotAllowedError: The actor may not take data in.
        RefusedError: The frame is not what the dataset holds; says every column that is not.
        StoreBusyError: Other runs kept adding to the dataset; try again.
    """
    actor.require(Permission.DATA_INGEST)
    definition = dataset(name)
    made: MadeRows = made_rows(rows, definition)
    if made.refusals:
        raise RefusedError(made.refusals)
    run = _Run(definition, made.rows, (source,), _all_good(made.rows), None)
    return _receipt(run, _store(actor, run, now), ())


@dataclass(frozen=True, slots=True)
class _Run:
    definition: Dataset
    rows: pl.DataFrame
    sources: tuple[str, ...]
    checked: CheckedRows
    report: Path | None


@dataclass(frozen=True, slots=True)
class _Stored:
    ingest: int
    rows: int
    version: int


def _store(actor: Actor, run: _Run, now: datetime) -> _Stored:
    """Write files first, then name them in one transaction, unless others added rows meanwhile."""
    for _ in range(_TRIES):
        seen, fresh = _fresh(run)
        written = write(run.definition, fresh)
        with transaction() as session:
            let_one_writer_in(session)
            if version(session, run.definition.name) == seen:
                return _catalogue(session, actor=actor, run=run, written=written, now=now)
    raise StoreBusyError(f"{run.definition.title} is being added to all the time; try again later.")


def _fresh(run: _Run) -> tuple[int, pl.DataFrame]:
    name, day = run.definition.name, valid_day(run.definition)
    first, last = run.rows.select(day.min().alias("first"), day.max().alias("last")).row(0)
    with reading() as session:
        seen = version(session, name)
        held = parts(session, name, since=first, until=last)
    if run.rows.is_empty() or not held:
        return seen, run.rows
    return seen, not_held(run.definition, run.rows, scan(run.definition, held))


def _catalogue(
    session: Session, *, actor: Actor, run: _Run, written: tuple[WrittenPart, ...], now: datetime
) -> _Stored:
    rows = sum(part.rows for part in written)
    counts = {
        "rows_read": run.checked.rows_read,
        "rows_stored": rows,
        "rows_held": run.rows.height - rows,
        "rows_repeated": run.checked.rows_repeated,
        "rows_refused": run.checked.rows_refused,
    }
    row = IngestRow(
        dataset=run.definition.name,
        at=now,
        actor=actor.reference,
        sources="\n".join(run.sources),
        report=str(run.report.relative_to(data_directory())) if run.report else None,
        **counts,
    )
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  # the flush gave it
    name = run.definition.name
    catalogue_parts(session, dataset=name, ingest_id=row.id, at=now, written=written)
    record(
        session,
        actor=actor,
        event="dataset.rows.ingested",
        subject=f"dataset:{name}",
        now=now,
        ingest=row.id,
        sources=list(run.sources[:20]),
        **counts,
    )
    return _Stored(ingest=row.id, rows=rows, version=version(session, name))


def _receipt(run: _Run, stored: _Stored, gaps_found: tuple[Gap, ...]) -> IngestReceipt:
    return IngestReceipt(
        ingest=stored.ingest,
        dataset=run.definition.name,
        files=len(run.sources),
        files_refused=run.checked.files_refused,
        rows_read=run.checked.rows_read,
        rows_stored=stored.rows,
        rows_held=run.rows.height - stored.rows,
        rows_repeated=run.checked.rows_repeated,
        rows_refused=run.checked.rows_refused,
        reasons=_reason_counts(run.checked.refused),
        days_with_gaps=len(gaps_found),
        gaps=gaps_found,
        report=run.report,
        version=stored.version,
    )


def _reason_counts(refused: pl.DataFrame) -> tuple[ReasonCount, ...]:
    first = pl.col("file", "row", "column", "value", "reason", "remedy").first()
    counted = (
        refused.group_by("code", maintain_order=True)
        .agg(pl.len().alias("count"), first)
        .sort("count", "code", descending=[True, False])
    )
    return tuple(ReasonCount(**row) for row in counted.iter_rows(named=True))


def _gaps(run: _Run, minutes: int) -> tuple[Gap, ...]:
    if run.rows.is_empty():
        return ()
    day = valid_day(run.definition)
    since, until = run.rows.select(day.min().alias("first"), day.max().alias("last")).row(0)
    with reading() as session:
        held = versioned_rows(
            session, run.definition.name, since=since, until=until, columns=["start_at"]
        )
    found = gaps(held.rows["start_at"], since=since, until=until, minutes=minutes)
    return tuple(Gap(*row) for row in found.iter_rows())


def _all_good(rows: pl.DataFrame) -> CheckedRows:
    return CheckedRows(rows, none_refused(), rows.height, 0, 0)

"""Adding rows to the store: files first, then their names, in the transaction of whoever adds them.

`prepare` puts what is new on the disk; `catalogue` names it in a transaction, unless others have
added to the dataset meanwhile. So rows of several datasets can become visible at one moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl
from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.datasets import PUBLISHED_AT, Dataset
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
from state.persistence.models.dataset import IngestRow
from state.persistence.publishing import settings_now
from state.persistence.queries.dataset_catalogue import version
from state.persistence.transaction import data_directory, reading
from state.persistence.webhooks import Publication, put_publication

TRIES: Final = 20
"""How often a writer starts again because others added to the dataset meanwhile."""

_SOURCES_NAMED: Final = 20


class StoreBusyError(Exception):
    """Other runs added to the same dataset again and again; nothing was stored."""


class StoreMovedError(Exception):
    """Others added to the dataset since the rows were prepared: prepare them again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are fit for a dataset, where they came from, and what became of the others.

    Outdated are those that the dataset keeps no longer.
    """

    definition: Dataset
    rows: pl.DataFrame
    sources: Sequence[str]
    rows_read: int
    rows_repeated: int = 0
    rows_refused: int = 0
    report: Path | None = None
    rows_outdated: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What of a batch was not held at a version of the dataset, on the disk and not named yet.

    `published_at` is the latest publish time of its rows, where they name one; whether all do says
    `is_dated`.
    """

    batch: Batch
    seen: int
    written: tuple[WrittenPart, ...]
    published_at: datetime | None = None
    is_dated: bool = True


@dataclass(frozen=True, slots=True)
class Stored:
    """The run that named the rows, how many it named, and the version of the dataset after it."""

    ingest: int
    rows: int
    version: int


def prepare(batch: Batch) -> Prepared:
    """Put the rows that are not held yet on the disk, where nothing names them."""
    name, day = batch.definition.name, valid_day(batch.definition)
    first, last = batch.rows.select(day.min().alias("first"), day.max().alias("last")).row(0)
    with reading() as session:
        seen = version(session, name)
        held = parts(session, name, since=first, until=last)
    fresh = batch.rows
    if held and not fresh.is_empty():
        fresh = not_held(batch.definition, fresh, scan(batch.definition, held))
    published_at = fresh[PUBLISHED_AT].max()
    assert published_at is None or isinstance(published_at, datetime)  # noqa: S101  # its type
    is_dated = fresh[PUBLISHED_AT].null_count() == 0
    return Prepared(batch, seen, write(batch.definition, fresh), published_at, is_dated)


def catalogue(session: Session, prepared: Prepared, *, actor: Actor, now: datetime) -> Stored:
    """Name the rows, so that readers see them when the transaction is over.

    Raises:
        StoreMovedError: Others added rows meanwhile; nothing was named.
    """
    let_one_writer_in(session)
    batch = prepared.batch
    name = batch.definition.name
    if version(session, name) != prepared.seen:
        raise StoreMovedError(name)
    rows = sum(part.rows for part in prepared.written)
    counts = {
        "rows_read": batch.rows_read,
        "rows_stored": rows,
        "rows_held": batch.rows.height - rows,
        "rows_repeated": batch.rows_repeated,
        "rows_refused": batch.rows_refused,
    }
    row = IngestRow(
        dataset=name,
        at=now,
        actor=actor.reference,
        sources="\n".join(batch.sources),
        report=str(batch.report.relative_to(data_directory())) if batch.report else None,
        **counts,
    )
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101  # the flush gave it
    held_since = _held_since(session, prepared, now)
    catalogue_parts(
        session,
        dataset=name,
        ingest_id=row.id,
        at=now,
        written=prepared.written,
        held_since=held_since,
    )
    record(
        session,
        actor=actor,
        event="dataset.rows.ingested",
        subject=f"dataset:{name}",
        now=now,
        ingest=row.id,
        sources=list(batch.sources[:_SOURCES_NAMED]),
        **counts,
        **({"rows_outdated": batch.rows_outdated} if batch.rows_outdated else {}),
    )
    stored = Stored(ingest=row.id, rows=rows, version=version(session, name))
    if prepared.written and held_since is None:
        put_publication(session, _publication(prepared, stored, now), now)
    return stored


def _held_since(session: Session, prepared: Prepared, now: datetime) -> datetime | None:
    """From when on a publishing lag counts for these rows; none where none holds them back.

    That is the publish time of the latest. Rows that do not name theirs are published now.
    """
    setting = settings_now(session).get(prepared.batch.definition.name)
    if setting is None or not setting.lag_minutes:
        return None
    latest = prepared.published_at or now
    since = latest if prepared.is_dated else max(latest, now)
    return since if since + setting.lag > now else None


def _publication(prepared: Prepared, stored: Stored, now: datetime) -> Publication:
    return Publication(
        definition=prepared.batch.definition,
        ingest=stored.ingest,
        version=stored.version,
        rows=stored.rows,
        first_day=min(part.first_day for part in prepared.written),
        last_day=max(part.last_day for part in prepared.written),
        published_at=prepared.published_at,
        at=now,
    )

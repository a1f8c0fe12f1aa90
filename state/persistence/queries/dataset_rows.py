"""Rows of a dataset, the latest revision of each, as they are or were known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from state.domain.datasets import INGESTED_AT, PUBLISHED_AT, Dataset, dataset
from state.domain.revisions import known_at, latest
from state.persistence.datasets import INGEST_ID, parts, scan, valid_day
from state.persistence.queries.dataset_catalogue import version


@dataclass(frozen=True, slots=True)
class VersionedRows:
    """Rows, and the version of the dataset that they were read from."""

    version: int
    rows: pl.DataFrame


def every_revision(session: Session, name: str, *, since: date, until: date) -> pl.DataFrame:
    """Every revision of the rows of the Settlement Dates, in the order in which they were known."""
    definition = dataset(name)
    day = valid_day(definition)
    rows = scan(definition, parts(session, name, since=since, until=until)).filter(
        day.is_between(since, until)
    )
    known = pl.coalesce(PUBLISHED_AT, INGESTED_AT)
    return rows.sort(known, INGESTED_AT, INGEST_ID, *definition.key).collect()


def versioned_rows(
    session: Session,
    name: str,
    *,
    since: date | None = None,
    until: date | None = None,
    as_of: datetime | None = None,
    columns: Sequence[str] | None = None,
) -> VersionedRows:
    """Rows of the Settlement Dates since to until, both included, known at a moment or now.

    Where rows hold from one date to another, those that hold on any of the dates. Only the latest
    revision says until when: an earlier one may have been open.
    """
    definition = dataset(name)
    first = None if definition.valid_until else since
    held = scan(definition, parts(session, name, since=first, until=until))
    day = valid_day(definition)
    if first is not None:
        held = held.filter(day >= first)
    if until is not None:
        held = held.filter(day <= until)
    if as_of is not None:
        held = known_at(held, as_of)
    rows = latest(definition, held)
    if definition.valid_until and since is not None:
        rows = rows.filter((pl.col(definition.valid_until) >= since).fill_null(value=True))
    if columns is not None:
        rows = rows.select(columns)
    return VersionedRows(version=version(session, name), rows=rows.collect())


def known_rows(
    session: Session,
    definition: Dataset,
    *,
    since: date | None,
    until: date | None,
    as_of: datetime | None,
    every_publication: bool,
) -> pl.LazyFrame:
    """Rows of the days since to until, unread: the latest of each key or every publication of it.

    Of one publication the last that was taken in counts. Files of other days are not opened.
    """
    rows = scan(definition, parts(session, definition.name, since=since, until=until))
    day = valid_day(definition)
    if since is not None:
        rows = rows.filter(day >= since)
    if until is not None:
        rows = rows.filter(day <= until)
    if as_of is not None:
        rows = known_at(rows, as_of)
    if not every_publication:
        return latest(definition, rows)
    publication = [*definition.key, *definition.publication]
    return rows.sort(*publication, INGEST_ID).unique(publication, keep="last", maintain_order=True)

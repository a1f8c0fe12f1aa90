"""Rows of a dataset, the latest revision of each, as they are or were known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from state.domain.datasets import dataset
from state.domain.revisions import known_at, latest
from state.persistence.datasets import parts, scan, valid_day
from state.persistence.queries.dataset_catalogue import version


@dataclass(frozen=True, slots=True)
class VersionedRows:
    """Rows, and the version of the dataset that they were read from."""

    version: int
    rows: pl.DataFrame


def versioned_rows(
    session: Session,
    name: str,
    *,
    since: date | None = None,
    until: date | None = None,
    as_of: datetime | None = None,
    columns: Sequence[str] | None = None,
) -> VersionedRows:
    """Rows of the Settlement Dates since to until, both included, known at a moment or now."""
    definition = dataset(name)
    held = scan(definition, parts(session, name, since=since, until=until))
    day = valid_day(definition)
    if since is not None:
        held = held.filter(day >= since)
    if until is not None:
        held = held.filter(day <= until)
    if as_of is not None:
        held = known_at(held, as_of)
    rows = latest(definition, held)
    if columns is not None:
        rows = rows.select(columns)
    return VersionedRows(version=version(session, name), rows=rows.collect())

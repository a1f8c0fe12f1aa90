"""What the catalogue of the store says, without opening a file.

In a picture for the public (`publishing.public_reading`), nothing is held of what is closed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from state.persistence.models.dataset import DatasetPartRow
from state.persistence.publishing import is_held_here, is_told_here

_id = col(DatasetPartRow.id)
_dataset = col(DatasetPartRow.dataset)
_ingest = col(DatasetPartRow.ingest_id)


@dataclass(frozen=True, slots=True)
class Totals:
    """All files of a dataset together."""

    version: int
    rows: int
    files: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class AddedRows:
    """What one run added to a dataset, and the version of the dataset after it."""

    ingest: int
    dataset: str
    version: int
    rows: int
    first_day: date
    last_day: date


def version(session: Session, dataset: str) -> int:
    """A number that only grows, and grows whenever the dataset does; 0 before it had any rows."""
    greatest = sa.select(sa.func.max(_id)).where(_dataset == dataset, is_told_here(session))
    return session.execute(greatest).scalar() or 0


def last_day(session: Session, dataset: str) -> date | None:
    """The last Settlement Date that has rows."""
    greatest = sa.select(sa.func.max(col(DatasetPartRow.last_day))).where(
        _dataset == dataset, is_held_here(session)
    )
    return session.execute(greatest).scalar()


def last_updates(session: Session) -> dict[str, datetime]:
    """When rows were last added to each dataset, or shown where they were held back, in UTC."""
    added, shown = col(DatasetPartRow.ingested_at), col(DatasetPartRow.shown_at)
    at = sa.func.max(sa.func.coalesce(shown, added), type_=sa.DateTime(timezone=True))
    found = session.execute(sa.select(_dataset, at).where(is_held_here(session)).group_by(_dataset))
    return {name: last.replace(tzinfo=UTC) if last.tzinfo is None else last for name, last in found}


def totals(session: Session) -> dict[str, Totals]:
    """What is held of each dataset that has rows."""
    query = sa.select(
        _dataset,
        sa.func.max(_id),
        sa.func.sum(col(DatasetPartRow.rows)),
        sa.func.count(),
        sa.func.min(col(DatasetPartRow.first_day)),
        sa.func.max(col(DatasetPartRow.last_day)),
    )
    query = query.where(is_held_here(session)).group_by(_dataset)
    return {name: Totals(*facts) for name, *facts in session.execute(query)}


def added_after(
    session: Session, datasets: Collection[str], *, ingest: int, at_most: int
) -> Sequence[AddedRows]:
    """What later runs than the one given added to the datasets, oldest first."""
    query = (
        sa.select(
            _ingest,
            _dataset,
            sa.func.max(_id),
            sa.func.sum(col(DatasetPartRow.rows)),
            sa.func.min(col(DatasetPartRow.first_day)),
            sa.func.max(col(DatasetPartRow.last_day)),
        )
        .where(_ingest > ingest, _dataset.in_(sorted(datasets)), is_held_here(session))
        .group_by(_ingest, _dataset)
        .order_by(_ingest)
        .limit(at_most)
    )
    return [AddedRows(*facts) for facts in session.execute(query)]


def last_ingest(session: Session, datasets: Collection[str]) -> int:
    """The last run that added rows to any of the datasets; 0 before the first."""
    greatest = sa.select(sa.func.max(_ingest)).where(
        _dataset.in_(sorted(datasets)), is_held_here(session)
    )
    return session.execute(greatest).scalar() or 0

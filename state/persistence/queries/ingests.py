"""Runs that took data in: what they brought and refused, without opening a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from state.persistence.models.dataset import IngestRow


@dataclass(frozen=True, slots=True)
class Brought:
    """Rows that the runs of a dataset stored and refused together."""

    stored: int
    refused: int


def brought_since(session: Session, since: datetime) -> dict[str, Brought]:
    """What came of each dataset since a moment."""
    query = (
        sa.select(
            col(IngestRow.dataset),
            sa.func.sum(col(IngestRow.rows_stored)),
            sa.func.sum(col(IngestRow.rows_refused)),
        )
        .where(col(IngestRow.at) >= since)
        .group_by(col(IngestRow.dataset))
    )
    found = session.execute(query)
    return {name: Brought(int(stored), int(refused)) for name, stored, refused in found}


def last_ingests(session: Session, dataset: str, at_most: int) -> Sequence[IngestRow]:
    """The last runs of a dataset, the newest first."""
    brought = col(IngestRow.shows).is_(None)
    wanted = select(IngestRow).where(IngestRow.dataset == dataset, brought)
    return session.exec(wanted.order_by(col(IngestRow.id).desc()).limit(at_most)).all()

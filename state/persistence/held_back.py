"""What a publishing lag holds back: shown by a run of its own, when its time is over.

The parts of a run are added anew under the run that shows them. So whoever waits for news of a
dataset (versions, events, alerts, tags of answers) hears of them as of any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.datasets import datasets
from state.domain.publishing import PublishingSetting
from state.persistence.audit_trail import record
from state.persistence.datasets import let_one_writer_in, utc
from state.persistence.models.dataset import DatasetPartRow, IngestRow
from state.persistence.publishing import settings_now
from state.persistence.webhooks import Publication, put_publication

_OF_ITS_OWN: Final = {"id", "ingest_id", "held_since", "shown_at"}


@dataclass(frozen=True, slots=True)
class HeldRun:
    """A run whose rows of a dataset the public does not see yet."""

    dataset: str
    ingest: int


def runs_over(session: Session, now: datetime) -> list[HeldRun]:
    """The runs whose time is over, oldest first."""
    settings = settings_now(session)
    wanted = select(
        col(DatasetPartRow.dataset), col(DatasetPartRow.ingest_id), col(DatasetPartRow.held_since)
    ).where(col(DatasetPartRow.held_since).is_not(None))
    held = session.exec(wanted.order_by(col(DatasetPartRow.ingest_id))).all()
    over = (
        HeldRun(name, ingest)
        for name, ingest, since in held
        if since is not None and utc(since) + settings.get(name, PublishingSetting()).lag <= now
    )
    return list(dict.fromkeys(over))


def show(session: Session, held: HeldRun, *, actor: Actor, now: datetime) -> bool:
    """Show what the run brought; not where somebody else has."""
    let_one_writer_in(session)
    found = _parts_of(session, held)
    if not found:
        return False
    run = IngestRow(
        dataset=held.dataset,
        at=now,
        actor=actor.reference,
        sources="",
        rows_read=0,
        rows_stored=0,
        rows_held=0,
        rows_repeated=0,
        rows_refused=0,
        shows=held.ingest,
    )
    session.add(run)
    session.flush()
    told = _publication(found, run.id or 0)
    version = _added_anew(session, found, run.id or 0, now)
    record(
        session,
        actor=actor,
        event="dataset.rows.shown",
        subject=f"dataset:{held.dataset}",
        now=now,
        ingest=held.ingest,
        shown_by=run.id,
        rows=told.rows,
    )
    put_publication(session, replace(told, version=version), now)
    return True


def _parts_of(session: Session, held: HeldRun) -> Sequence[DatasetPartRow]:
    return session.exec(
        select(DatasetPartRow)
        .where(
            DatasetPartRow.dataset == held.dataset,
            DatasetPartRow.ingest_id == held.ingest,
            col(DatasetPartRow.held_since).is_not(None),
        )
        .order_by(col(DatasetPartRow.id))
    ).all()


def _added_anew(
    session: Session, found: Sequence[DatasetPartRow], ingest: int, now: datetime
) -> int:
    """Under keys of their own, greater than any the public knows; gives the greatest of them."""
    facts = [row.model_dump(exclude=_OF_ITS_OWN) for row in found]
    for row in found:
        session.delete(row)
    session.flush()
    added = [DatasetPartRow(**one, ingest_id=ingest, shown_at=now) for one in facts]
    for row in added:
        session.add(row)
    session.flush()
    return max(row.id or 0 for row in added)


def _publication(rows: Sequence[DatasetPartRow], ingest: int) -> Publication:
    one = rows[0]
    at, since = utc(one.ingested_at), one.held_since
    return Publication(
        definition=datasets()[one.dataset],
        ingest=ingest,
        version=0,
        rows=sum(row.rows for row in rows),
        first_day=min(row.first_day for row in rows),
        last_day=max(row.last_day for row in rows),
        published_at=utc(since) if since is not None and utc(since) != at else None,
        at=at,
    )

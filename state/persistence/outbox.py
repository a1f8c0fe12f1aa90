"""The outbox: put in with the service's own transaction, handed to the worker's queue by key."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select, update

from state.persistence.models.outbox import OutboxRow


def put_in_outbox(
    session: Session, *, key: str, job: str, arguments: Mapping[str, str], now: datetime
) -> None:
    """Ask for a job; it will be done if and only if the transaction is."""
    session.add(
        OutboxRow(key=key, job=job, arguments=json.dumps(arguments, sort_keys=True), created_at=now)
    )
    session.flush()


def waiting(session: Session, *, again: bool) -> Sequence[OutboxRow]:
    """Jobs that were not handed over yet; with `again` also those that were and are not done."""
    query = select(OutboxRow).where(col(OutboxRow.done_at).is_(None))
    if not again:
        query = query.where(col(OutboxRow.handed_at).is_(None))
    return session.exec(query.order_by(col(OutboxRow.id))).all()


def hand_over(session: Session, key: str, now: datetime) -> None:
    """Note that the queue has the job."""
    session.execute(update(OutboxRow).where(col(OutboxRow.key) == key).values(handed_at=now))


def finish(session: Session, key: str, now: datetime) -> None:
    """Note that the job is done, or that nobody waits for it any more."""
    session.execute(update(OutboxRow).where(col(OutboxRow.key) == key).values(done_at=now))

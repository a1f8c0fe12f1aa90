"""What the clock does about changes: those whose day has come count, those nobody took up lapse."""

from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.changes import WAITING, ChangeStatus
from state.domain.permissions import Permission
from state.persistence.change_notices import announce
from state.persistence.change_steps import apply_if_due, note
from state.persistence.changes import move
from state.persistence.models.change import ChangeRow
from state.persistence.transaction import reading, transaction


def take_due_changes_up(*, actor: Actor, now: datetime) -> int:
    """Apply what is due and let lapse what is too old; each change in a transaction of its own."""
    actor.require(Permission.OUTBOX_WORK)
    with reading() as session:
        waiting = session.exec(
            select(ChangeRow.id)
            .where(col(ChangeRow.status).in_([status.value for status in WAITING]))
            .order_by(col(ChangeRow.effective_on), col(ChangeRow.id))
        ).all()
    return sum(_took_up(actor, change_id, now) for change_id in waiting)


def _took_up(actor: Actor, change_id: int | None, now: datetime) -> bool:
    with transaction() as session:
        row = session.exec(
            select(ChangeRow).where(ChangeRow.id == change_id).with_for_update()
        ).one()
        before = row.status
        if row.status == ChangeStatus.SCHEDULED:
            apply_if_due(session, actor, row, now)
        elif row.status in WAITING and row.lapses_on is not None and row.lapses_on < now.date():
            _let_lapse(session, actor, row, now)
        if row.status != before:
            announce(session, actor, row, now)
        return row.status != before


def _let_lapse(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> None:
    move(session, row, ChangeStatus.EXPIRED, now=now)
    note(session, actor, row, "expired", now)

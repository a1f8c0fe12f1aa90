"""What the clock does about invitations: it brings them to mind, and ends those that ran out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.invitations import OPEN, InvitationStatus
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.invitations import cancel_links, send_link
from state.persistence.models.invitations import InvitationRow
from state.persistence.transaction import transaction


@dataclass(frozen=True, slots=True)
class InvitationRound:
    """How many invitations a round of the clock brought to mind, and how many it ended."""

    reminded: int
    expired: int


def remind_and_expire(*, actor: Actor, now: datetime) -> InvitationRound:
    """Bring open invitations to mind when their days have come; end those whose time is up.

    A reminder has a link of its own: secrets are not kept, so the earlier link is dead.
    """
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        rows = session.exec(
            select(InvitationRow)
            .where(col(InvitationRow.status).in_(OPEN))
            .order_by(col(InvitationRow.id))
            .with_for_update(skip_locked=True)
        ).all()
        over = [row for row in rows if row.expires_at <= now]
        for row in over:
            _expire(session, actor, row, now)
        reminded = [row for row in rows if row not in over and _reminded(session, row, now)]
        return InvitationRound(len(reminded), len(over))


def _reminded(session: Session, row: InvitationRow, now: datetime) -> bool:
    days = rules.invitation_reminder_days(now.date())
    sent_at = row.sent_at or row.created_at
    due = sum(now - sent_at >= timedelta(days=day) for day in days)
    if due <= row.reminder_count or row.sent_count >= rules.invitation_most_mails(now.date()):
        return False
    row.reminder_count = due
    key = "invite.expiring" if due == len(days) else "invite.reminder"
    send_link(session, row, key=key, now=now)
    return True


def _expire(session: Session, actor: Actor, row: InvitationRow, now: datetime) -> None:
    row.status, row.updated_at = InvitationStatus.EXPIRED, now
    session.add(row)
    cancel_links(session, row)
    record(
        session,
        actor=actor,
        event="invitation.expired",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
    )

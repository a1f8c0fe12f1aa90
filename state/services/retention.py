"""What is not kept for ever: ended contacts, and the addresses of who wrote to us long ago."""

import json
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, delete, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.changes import OPEN, ChangeKind
from state.domain.dates import months_after
from state.domain.permissions import Permission
from state.domain.user_group import MemberStatus
from state.persistence.audit_trail import record
from state.persistence.models.change import ChangeRow
from state.persistence.models.feedback import FeedbackRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.models.organisation import ContactRow
from state.persistence.models.user_group import UserGroupMemberRow
from state.persistence.transaction import transaction

_GONE: Final = "A contact that was removed"


def remove_ended_contacts(*, actor: Actor, now: datetime) -> int:
    """Remove the contacts whose time is over; each removal stays in the audit trail, by its id."""
    actor.require(Permission.OUTBOX_WORK)
    months = rules.contact_kept_after_end_months(now.date())
    with transaction() as session:
        ended = session.exec(select(ContactRow).where(col(ContactRow.until).is_not(None))).all()
        over = [row for row in ended if row.until and months_after(row.until, months) <= now.date()]
        for row in over:
            _remove(session, actor, row, now)
        return len(over)


def forget_public_writers(*, actor: Actor, now: datetime) -> int:
    """Forget the addresses of old feedback, and who never confirmed that they join the group."""
    actor.require(Permission.OUTBOX_WORK)
    months = rules.feedback_writer_kept_months(now.date())
    with transaction() as session:
        named = session.exec(select(FeedbackRow).where(FeedbackRow.email != "")).all()
        old = [row for row in named if months_after(row.created_at.date(), months) <= now.date()]
        for row in old:
            row.email, row.updated_at = "", now
            session.add(row)
        unconfirmed = session.exec(
            select(UserGroupMemberRow).where(
                UserGroupMemberRow.status == MemberStatus.ASKED,
                col(UserGroupMemberRow.expires_at) <= now,
            )
        ).all()
        for newcomer in unconfirmed:
            session.delete(newcomer)
        forgotten = len(old) + len(unconfirmed)
        if forgotten:
            record(
                session,
                actor=actor,
                event="public_writers.forgotten",
                subject="public_writers",
                now=now,
                feedback=len(old),
                user_group=len(unconfirmed),
            )
        return forgotten


def _remove(session: Session, actor: Actor, row: ContactRow, now: datetime) -> None:
    changes = session.exec(
        select(ChangeRow).where(
            ChangeRow.kind == ChangeKind.CONTACT.value,
            ChangeRow.subject == row.public_id,
            col(ChangeRow.status).not_in([status.value for status in OPEN]),
        )
    ).all()
    for change in changes:
        change.title, change.reason, change.answer = _GONE, "", ""
        change.before = change.after = json.dumps({})
        session.add(change)
        link = f"/account/change?id={change.public_id}"
        session.execute(delete(NoticeRow).where(col(NoticeRow.link) == link))
    session.execute(
        delete(OutboxMailRow).where(
            col(OutboxMailRow.address) == row.email, col(OutboxMailRow.to_person_id).is_(None)
        )
    )
    session.delete(row)
    record(
        session,
        actor=actor,
        event="account.contact.removed",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        ended_on=row.until,
        changes_emptied=len(changes),
    )

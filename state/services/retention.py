"""What is not kept for ever: contacts go a while after their end, and what was said of them too."""

import json
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, delete, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.changes import OPEN, ChangeKind
from state.domain.dates import months_after
from state.domain.director_declaration import DeclarationStatus
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.models.change import ChangeRow
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.models.organisation import ContactRow
from state.persistence.models.proofs import DirectorDeclarationRow
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


def remove_unsigned_declarations(*, actor: Actor, now: datetime) -> int:
    """Forget which directors were asked and did not sign, a while after; gives how many.

    That somebody was asked stays, and so does its hash; the words and the person go.
    """
    actor.require(Permission.OUTBOX_WORK)
    kept = timedelta(days=rules.number_on("declaration_unsigned_kept_days", now.date()))
    with transaction() as session:
        over = session.exec(
            select(DirectorDeclarationRow).where(
                DirectorDeclarationRow.status != DeclarationStatus.SIGNED,
                col(DirectorDeclarationRow.expires_at) <= now - kept,
                DirectorDeclarationRow.director_email != "",
            )
        ).all()
        for row in over:
            _empty(session, row, now)
        return len(over)


def remove_old_births(*, actor: Actor, now: datetime) -> int:
    """Forget when those were born who were answered a while ago; gives how many."""
    actor.require(Permission.OUTBOX_WORK)
    kept = timedelta(days=rules.number_on("birth_kept_after_answer_days", now.date()))
    with transaction() as session:
        over = session.exec(
            select(ExpressionOfInterestRow).where(
                col(ExpressionOfInterestRow.born_on).is_not(None),
                col(ExpressionOfInterestRow.decided_at) <= now - kept,
            )
        ).all()
        for row in over:
            row.born_on = None
            session.add(row)
        return len(over)


def _empty(session: Session, row: DirectorDeclarationRow, now: datetime) -> None:
    session.execute(
        delete(OutboxMailRow).where(
            col(OutboxMailRow.address) == row.director_email,
            col(OutboxMailRow.to_person_id).is_(None),
        )
    )
    row.director_name = row.director_email = row.declared = row.comment = ""
    row.secret_hash, row.updated_at = None, now
    session.add(row)


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

"""What is not kept for ever: ended contacts, who wrote to us or did not sign, births compared."""

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
from state.domain.user_group import MemberStatus
from state.persistence.audit_trail import record
from state.persistence.models.change import ChangeRow
from state.persistence.models.feedback import FeedbackRow
from state.persistence.models.information_requests import InformationFileRow
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.notices import NoticeRow, OutboxMailRow
from state.persistence.models.organisation import ContactRow
from state.persistence.models.proofs import DirectorDeclarationRow
from state.persistence.models.user_group import UserGroupMemberRow
from state.persistence.transaction import reading, transaction
from state.persistence.uploaded_files import remove_uploads_but

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
            _note_removed(session, actor, "declaration.emptied", row.public_id, now)
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
            row.born_on, row.updated_at = None, now
            session.add(row)
            _note_removed(session, actor, "market_entry.interest.birth_removed", row.reference, now)
        return len(over)


def remove_stray_uploads(*, actor: Actor, now: datetime) -> int:
    """Remove bytes that no record names, as of a process that ended halfway, a day after."""
    actor.require(Permission.OUTBOX_WORK)
    kept_for = timedelta(hours=rules.number_on("replaced_file_kept_hours", now.date()))
    with reading() as session:
        known = set(session.exec(select(InformationFileRow.public_id)))
    return remove_uploads_but(known, before=now - kept_for)


def _note_removed(session: Session, actor: Actor, event: str, subject: str, now: datetime) -> None:
    record(session, actor=actor, event=event, subject=subject, now=now)


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

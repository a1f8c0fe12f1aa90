"""Feedback on the service: anyone gives it, staff see it in a queue and say what was done."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from state.domain.actor import Actor
from state.domain.feedback import Feedback, FeedbackStatus, answer_due_on, refusals, tidied
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.feedback import FeedbackRow
from state.persistence.transaction import reading, transaction


class FeedbackRefusedError(RefusedError):
    """The feedback, or what was done about it, breaks a rule; nothing is stored."""


@dataclass(frozen=True, slots=True)
class FeedbackReceipt:
    """What the sender keeps. Without an address there is no answer, and no date of one."""

    reference: str
    answer_due_on: date | None


@dataclass(frozen=True, slots=True)
class HeldFeedback:
    """One piece of feedback as staff see it."""

    reference: str
    told: Feedback
    status: FeedbackStatus
    received_at: datetime
    answer_due_on: date
    note: str
    dealt_with_at: datetime | None


def send_feedback(*, actor: Actor, feedback: Feedback, now: datetime) -> FeedbackReceipt:
    """Take feedback in; it stands in the staff's queue at once.

    Raises:
        FeedbackRefusedError: Every rule that it breaks.
    """
    actor.require(Permission.FEEDBACK_SEND)
    told = tidied(feedback)
    if reasons := refusals(told):
        raise FeedbackRefusedError(reasons)
    with transaction() as session:
        row = FeedbackRow(
            reference=f"new-{secrets.token_hex(6)}",
            area=told.area,
            rating=int(told.rating),
            text=told.text,
            email=told.email,
            status=FeedbackStatus.RECEIVED,
            answer_due_on=answer_due_on(now),
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        row.reference = f"FB-{now.year}-{row.id:06}"
        record(
            session,
            actor=actor,
            event="feedback.received",
            subject=row.reference,
            now=now,
            area=row.area,
            rating=row.rating,
        )
        return FeedbackReceipt(row.reference, row.answer_due_on if row.email else None)


def feedback_received(*, actor: Actor) -> tuple[HeldFeedback, ...]:
    """The queue: what waits first, the longest waiting on top; then what was dealt with."""
    actor.require(Permission.FEEDBACK_VIEW)
    with reading() as session:
        rows = session.exec(
            select(FeedbackRow).order_by(
                col(FeedbackRow.status) != FeedbackStatus.RECEIVED,
                col(FeedbackRow.answer_due_on),
                col(FeedbackRow.id),
            )
        ).all()
    return tuple(_held(row) for row in rows)


def deal_with_feedback(*, actor: Actor, reference: str, note: str, now: datetime) -> None:
    """Note what was done about it, once.

    Raises:
        FeedbackRefusedError: Nothing is said, there is none such, or it was dealt with already.
    """
    actor.require(Permission.FEEDBACK_TRIAGE)
    said = tidy(note)
    if problem := text_problem("what was done", said, longest=500):
        raise FeedbackRefusedError((Refusal("note", problem),))
    with transaction() as session:
        row = session.exec(
            select(FeedbackRow).where(FeedbackRow.reference == reference).with_for_update()
        ).first()
        if row is None or row.status != FeedbackStatus.RECEIVED:
            gone = f"{reference} has been dealt with already, or there is none such."
            raise FeedbackRefusedError((Refusal("", gone),))
        row.status, row.note = FeedbackStatus.DEALT_WITH, said
        row.dealt_with_at, row.dealt_with_by = now, actor.person_id
        row.updated_at, row.row_version = now, row.row_version + 1
        session.add(row)
        record(session, actor=actor, event="feedback.dealt_with", subject=reference, now=now)


def _held(row: FeedbackRow) -> HeldFeedback:
    return HeldFeedback(
        reference=row.reference,
        told=Feedback(row.area, str(row.rating), row.text, row.email),
        status=FeedbackStatus(row.status),
        received_at=row.created_at,
        answer_due_on=row.answer_due_on,
        note=row.note,
        dealt_with_at=row.dealt_with_at,
    )

"""Market entry: a company says that it wishes to join, and the operator answers."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from state.domain.actor import Actor
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.market_entry import (
    Applicant,
    ExpressionOfInterest,
    InterestStatus,
    access_due_on,
    refusals,
    tidied,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.identity_checks import is_verified
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.transaction import reading, transaction


class InterestRefusedError(RefusedError):
    """The expression of interest, or the answer to it, breaks a rule; nothing is stored."""


@dataclass(frozen=True, slots=True)
class InterestReceipt:
    """What the sender keeps."""

    reference: str
    access_due_on: date


@dataclass(frozen=True, slots=True)
class InterestInQueue:
    """One expression of interest, as staff see it in the queue."""

    reference: str
    legal_name: str
    company_number: str
    role_codes: tuple[str, ...]
    received_at: datetime
    access_due_on: date
    status: InterestStatus
    applicant: Applicant
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class InterestInFull:
    """One expression of interest with all that was said, and others for the same company."""

    summary: InterestInQueue
    told: ExpressionOfInterest
    reason: str
    decided_at: datetime | None
    same_company: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InterestProgress:
    """What the sender may know of it."""

    reference: str
    status: InterestStatus
    access_due_on: date
    decided_at: datetime | None
    reason: str


def express_interest(
    *, actor: Actor, interest: ExpressionOfInterest, now: datetime
) -> InterestReceipt:
    """Take in an expression of interest; it stands in the staff queue at once.

    Raises:
        InterestRefusedError: Every rule that it breaks.
    """
    actor.require(Permission.EOI_SUBMIT)
    told = tidied(interest)
    if reasons := refusals(told, today=now.date()):
        raise InterestRefusedError(reasons)
    with transaction() as session:
        row = _row(told, now)
        session.add(row)
        session.flush()
        row.reference = f"EOI-{now.year}-{row.id:06}"
        record(
            session,
            actor=actor,
            event="market_entry.interest.received",
            subject=row.reference,
            now=now,
            roles=row.role_codes,
        )
        return InterestReceipt(row.reference, row.access_due_on)


def interests(*, actor: Actor) -> tuple[InterestInQueue, ...]:
    """The queue: what awaits a decision first, the longest waiting first; then what was decided."""
    actor.require(Permission.EOI_VIEW)
    with reading() as session:
        rows = session.exec(
            select(ExpressionOfInterestRow).order_by(
                col(ExpressionOfInterestRow.status) != InterestStatus.RECEIVED,
                col(ExpressionOfInterestRow.access_due_on),
                col(ExpressionOfInterestRow.id),
            )
        ).all()
    return tuple(_in_queue(row) for row in rows)


def interest_in_full(*, actor: Actor, reference: str) -> InterestInFull:
    """One expression of interest.

    Raises:
        InterestRefusedError: There is none by that reference.
    """
    actor.require(Permission.EOI_VIEW)
    with reading() as session:
        row = _by_reference(session, reference)
        others = session.exec(
            select(ExpressionOfInterestRow.reference).where(
                _same_applicant(row), ExpressionOfInterestRow.reference != row.reference
            )
        ).all()
    return InterestInFull(_in_queue(row), _told(row), row.reason, row.decided_at, tuple(others))


def decide_interest(
    *, actor: Actor, reference: str, accept: bool, reason: str, now: datetime
) -> InterestProgress:
    """Accept or decline; the sender sees the answer and the reason.

    Raises:
        InterestRefusedError: No reason for declining, it has been decided already, or a private
            individual has not proved who they are.
    """
    actor.require(Permission.EOI_TRIAGE)
    said = tidy(reason)
    problem = text_problem(
        "the reason, for the company to read", said, longest=500, needed=not accept
    )
    if problem:
        raise InterestRefusedError((Refusal("reason", problem),))
    with transaction() as session:
        row = _by_reference(session, reference, to_change=True)
        if row.status != InterestStatus.RECEIVED:
            decided = Refusal("", f"{reference} has been decided already: {row.status}.")
            raise InterestRefusedError((decided,))
        if accept and _needs_proof(session, row, now):
            unproven = "Accept only when their identity check is verified"
            raise InterestRefusedError((Refusal("decision", unproven),))
        row.status = InterestStatus.ACCEPTED if accept else InterestStatus.DECLINED
        row.reason, row.decided_at, row.decided_by = said, now, actor.person_id
        row.updated_at, row.row_version = now, row.row_version + 1
        session.add(row)
        record(
            session,
            actor=actor,
            event=f"market_entry.interest.{row.status}",
            subject=reference,
            now=now,
        )
        return _progress(row)


def interest_progress(*, actor: Actor, reference: str, email: str) -> InterestProgress | None:
    """How far it is, for whoever knows both the reference and the e-mail; None for anyone else."""
    actor.require(Permission.EOI_SUBMIT)
    with reading() as session:
        row = session.exec(
            select(ExpressionOfInterestRow).where(
                ExpressionOfInterestRow.reference == reference.strip().upper()
            )
        ).first()
    if row is None or row.email.casefold() != email.strip().casefold():
        return None
    return _progress(row)


def _row(told: ExpressionOfInterest, now: datetime) -> ExpressionOfInterestRow:
    assert told.target_date is not None  # noqa: S101  # refusals() saw to it
    return ExpressionOfInterestRow(
        reference=f"new-{secrets.token_hex(6)}",
        legal_name=told.legal_name,
        company_number=told.company_number,
        country=told.country,
        role_codes=",".join(told.role_codes),
        target_date=told.target_date,
        description=told.description,
        contact_name=told.contact_name,
        job_title=told.job_title,
        email=told.email,
        phone=told.phone,
        status=InterestStatus.RECEIVED,
        access_due_on=access_due_on(now),
        applicant=told.applicant,
        born_on=told.born_on,
        created_at=now,
        updated_at=now,
    )


def _needs_proof(session: Session, row: ExpressionOfInterestRow, now: datetime) -> bool:
    is_person = row.applicant == Applicant.INDIVIDUAL
    return is_person and not is_verified(session, row.id or 0, now)


def _same_applicant(row: ExpressionOfInterestRow) -> ColumnElement[bool]:
    """The same company by its number; a private individual has none, so by their address."""
    if row.applicant == Applicant.INDIVIDUAL:
        return func.lower(ExpressionOfInterestRow.email) == row.email.lower()
    return col(ExpressionOfInterestRow.company_number) == row.company_number


def _by_reference(
    session: Session, reference: str, *, to_change: bool = False
) -> ExpressionOfInterestRow:
    wanted = select(ExpressionOfInterestRow).where(ExpressionOfInterestRow.reference == reference)
    row = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if row is None:
        raise InterestRefusedError((Refusal("reference", "There is none by that reference."),))
    return row


def _in_queue(row: ExpressionOfInterestRow) -> InterestInQueue:
    return InterestInQueue(
        reference=row.reference,
        legal_name=row.legal_name,
        company_number=row.company_number,
        role_codes=tuple(row.role_codes.split(",")),
        received_at=row.created_at,
        access_due_on=row.access_due_on,
        status=InterestStatus(row.status),
        applicant=Applicant(row.applicant),
        decided_at=row.decided_at,
    )


def _told(row: ExpressionOfInterestRow) -> ExpressionOfInterest:
    return ExpressionOfInterest(
        legal_name=row.legal_name,
        registered_in_uk=row.country == "United Kingdom",
        company_number=row.company_number,
        country=row.country,
        role_codes=tuple(row.role_codes.split(",")),
        target_date=row.target_date,
        description=row.description,
        contact_name=row.contact_name,
        job_title=row.job_title,
        email=row.email,
        phone=row.phone,
        may_act=True,
        applicant=Applicant(row.applicant),
        born_on=row.born_on,
    )


def _progress(row: ExpressionOfInterestRow) -> InterestProgress:
    return InterestProgress(
        reference=row.reference,
        status=InterestStatus(row.status),
        access_due_on=row.access_due_on,
        decided_at=row.decided_at,
        reason=row.reason,
    )

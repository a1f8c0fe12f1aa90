"""Staff ask a private individual to prove who they are, see the result, and decide by hand."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.formats.plain_text import tidy
from state.domain.identity_check import (
    BY_HAND,
    WORDS,
    IdentityStatus,
    note_refusals,
    verified_until,
)
from state.domain.market_entry import Applicant
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.identity_checks import (
    check_by_id,
    checks_of,
    end_check,
    send_check,
    status_of,
)
from state.persistence.models.market_entry import ExpressionOfInterestRow
from state.persistence.models.person import PersonRow
from state.persistence.models.proofs import IdentityCheckRow
from state.persistence.transaction import reading, transaction


class IdentityRefusedError(RefusedError):
    """What is asked or answered breaks a rule, or is no longer what it was; nothing is stored."""


@dataclass(frozen=True, slots=True)
class HeldIdentityCheck:
    """One check, as staff see it."""

    public_id: str
    status: IdentityStatus
    why: str
    provider: str
    assurance_level: str
    tries: int
    asked_at: datetime
    asked_by: str
    expires_at: datetime
    checked_at: datetime | None
    verified_until: date | None
    decided_by: str
    note: str


def identity_checks_of(
    *, actor: Actor, reference: str, now: datetime
) -> tuple[HeldIdentityCheck, ...]:
    """Every check of who sent an expression of interest, the newest first."""
    actor.require(Permission.EOI_VIEW)
    with reading() as session:
        interest = _interest(session, reference)
        rows = checks_of(session, interest.id or 0) if interest else []
        return tuple(_held(session, row, now) for row in rows)


def ask_for_identity(*, actor: Actor, reference: str, now: datetime) -> str:
    """Mail the link of a check, the first or another; gives its id.

    Raises:
        IdentityRefusedError: It is no private individual's, or was declined.
    """
    actor.require(Permission.EOI_TRIAGE)
    with transaction() as session:
        interest = _interest(session, reference, to_change=True)
        if interest is None or interest.applicant != Applicant.INDIVIDUAL:
            none = Refusal("", "Only a private individual is asked to prove who they are")
            raise IdentityRefusedError((none,))
        if interest.status == "declined":
            raise IdentityRefusedError((Refusal("", "This was declined already"),))
        for row in checks_of(session, interest.id or 0):
            if row.status == IdentityStatus.ASKED:
                end_check(session, row, IdentityStatus.EXPIRED, now)
        made = _made(actor, interest, now)
        session.add(made)
        session.flush()
        send_check(session, made, interest, now=now)
        _note(session, actor, made, "asked", now)
        return made.public_id


def decide_identity(
    *, actor: Actor, public_id: str, accept: bool, note: str, now: datetime
) -> IdentityStatus:
    """Confirm by hand who they are, or refuse what was found; the note says what was seen, or why.

    Raises:
        IdentityRefusedError: No note, no such check, or it was refused already.
    """
    actor.require(Permission.EOI_TRIAGE)
    said = tidy(note)
    if reasons := note_refusals(said):
        raise IdentityRefusedError(reasons)
    with transaction() as session:
        row = check_by_id(session, public_id, to_change=True)
        if row is None or row.status == IdentityStatus.REFUSED:
            raise IdentityRefusedError((Refusal("", "There is no such check to decide on"),))
        row.decided_by, row.note, row.checked_at = _person(actor), said, now
        row.code = "by_hand" if accept else "refused"
        row.assurance_level = BY_HAND if accept else ""
        row.verified_until = verified_until(now.date()) if accept else None
        to = IdentityStatus.VERIFIED if accept else IdentityStatus.REFUSED
        end_check(session, row, to, now)
        _note(session, actor, row, "verified_by_hand" if accept else "refused", now)
        return to


def _made(actor: Actor, interest: ExpressionOfInterestRow, now: datetime) -> IdentityCheckRow:
    return IdentityCheckRow(
        public_id=secrets.token_hex(12),
        interest_id=interest.id or 0,
        status=IdentityStatus.ASKED,
        expires_at=now,
        asked_by=_person(actor),
        created_at=now,
        updated_at=now,
    )


def _interest(
    session: Session, reference: str, *, to_change: bool = False
) -> ExpressionOfInterestRow | None:
    wanted = select(ExpressionOfInterestRow).where(ExpressionOfInterestRow.reference == reference)
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


def _held(session: Session, row: IdentityCheckRow, now: datetime) -> HeldIdentityCheck:
    decided_by = session.get(PersonRow, row.decided_by) if row.decided_by else None
    return HeldIdentityCheck(
        public_id=row.public_id,
        status=status_of(row, now),
        why=WORDS.get(row.code, ""),
        provider=row.provider,
        assurance_level=row.assurance_level,
        tries=row.tries,
        asked_at=row.created_at,
        asked_by=session.get_one(PersonRow, row.asked_by).name,
        expires_at=row.expires_at,
        checked_at=row.checked_at,
        verified_until=row.verified_until,
        decided_by=decided_by.name if decided_by else "",
        note=row.note,
    )


def _note(session: Session, actor: Actor, row: IdentityCheckRow, what: str, now: datetime) -> None:
    record(session, actor=actor, event=f"identity_check.{what}", subject=row.public_id, now=now)


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person may do this.")
    return actor.person_id

"""What the register of companies says of who signed: asked by the worker, judged here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select, update

from state.domain.actor import Actor
from state.domain.director_match import (
    WORDS,
    ClaimedDirector,
    CompanyOnRegister,
    Finding,
    Verdict,
    verdict,
)
from state.domain.permissions import Permission
from state.domain.rules import number_on
from state.persistence.audit_trail import record
from state.persistence.declarations import let_the_invitation_go, tell_staff
from state.persistence.models.proofs import DirectorDeclarationRow, RegisterCheckRow
from state.persistence.transaction import transaction

_TAKEN_FOR: Final = timedelta(minutes=2)
"""So long a worker has it to itself; one that died with it leaves it to the next."""

_LOOKED_AT: Final = 20
_UNAVAILABLE: Final = "unavailable"


@dataclass(frozen=True, slots=True)
class CheckToMake:
    """One check that this worker alone has now."""

    check_id: int
    company_number: str


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What a register answered: the entry or none, where it comes from, its SHA-256."""

    company: CompanyOnRegister | None
    source: str
    digest: str = ""


def check_to_make(*, actor: Actor, now: datetime) -> CheckToMake | None:
    """Take the check that has been due longest: it goes to one worker, however many ask."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        due = session.exec(
            select(RegisterCheckRow)
            .where(col(RegisterCheckRow.next_try_at) <= now)
            .order_by(col(RegisterCheckRow.next_try_at), col(RegisterCheckRow.id))
            .limit(_LOOKED_AT)
        ).all()
        taken = next((row for row in due if _taken(session, row, now)), None)
        return CheckToMake(taken.id or 0, taken.company_number) if taken else None


def check_answered(
    *, actor: Actor, check_id: int, answer: RegisterAnswer, now: datetime
) -> Finding:
    """Judge what the register answered; where it confirms the director, the invitation goes."""
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        row = session.get_one(RegisterCheckRow, check_id)
        declaration = session.get_one(DirectorDeclarationRow, row.declaration_id)
        claimed = ClaimedDirector(declaration.signed_name, row.born_month, row.born_year)
        found = verdict(answer.company, claimed, today=now.date())
        row.source, row.answer_digest = answer.source, answer.digest
        _settle(session, actor, row, declaration, found, now)
        return found.finding


def check_failed(*, actor: Actor, check_id: int, now: datetime) -> bool:
    """The register did not answer: it is asked again later, and in the end people look at it.

    Gives whether it is asked again.
    """
    actor.require(Permission.OUTBOX_WORK)
    with transaction() as session:
        row = session.get_one(RegisterCheckRow, check_id)
        today = now.date()
        if row.tries < number_on("register_check_tries_most", today):
            wait = number_on("register_check_wait_minutes", today) * 2 ** (row.tries - 1)
            row.next_try_at = now + timedelta(minutes=wait)
            session.add(row)
            return True
        declaration = session.get_one(DirectorDeclarationRow, row.declaration_id)
        nothing = Verdict(Finding.MANUAL, _UNAVAILABLE)
        _settle(session, actor, row, declaration, nothing, now)
        return False


def _settle(
    session: Session,
    actor: Actor,
    row: RegisterCheckRow,
    declaration: DirectorDeclarationRow,
    found: Verdict,
    now: datetime,
) -> None:
    row.status, row.code, row.score_percent = found.finding, found.code, found.score_percent
    row.born_month = row.born_year = None
    row.next_try_at, row.checked_at, row.updated_at = None, now, now
    row.row_version += 1
    session.add(row)
    passed = found.finding is Finding.PASSED
    went = passed and let_the_invitation_go(session, declaration, now)
    record(
        session,
        actor=actor,
        event=f"declaration.check_{found.finding}",
        subject=declaration.public_id,
        organisation_id=row.organisation_id,
        now=now,
        code=found.code,
        invitation_sent=went,
    )
    if passed:
        tell_staff(session, declaration, "director.verified", now)
    else:
        tell_staff(session, declaration, "director.not_verified", now, why=WORDS[found.code])


def _taken(session: Session, row: RegisterCheckRow, now: datetime) -> bool:
    """Whether this worker has it: the first whose update finds it as it was read."""
    taken = session.execute(
        update(RegisterCheckRow)
        .where(
            col(RegisterCheckRow.id) == row.id,
            col(RegisterCheckRow.tries) == row.tries,
            col(RegisterCheckRow.next_try_at) <= now,
        )
        .values(tries=row.tries + 1, next_try_at=now + _TAKEN_FOR)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an update's result has it

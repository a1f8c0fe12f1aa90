"""Requests for supporting information: staff ask a company, and both see what stands (R-087)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.actor import PAGE, Actor
from state.domain.formats.plain_text import tidy
from state.domain.information_requests import (
    RequestStatus,
    RequestStep,
    WantedInformation,
    is_overdue,
    request_refusals,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.persistence.information_notices import tell_company
from state.persistence.information_requests import note_step
from state.persistence.models.information_requests import (
    InformationFileRow,
    InformationRequestRow,
    InformationStepRow,
)
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction


class InformationRefusedError(RefusedError):
    """The request, the answer or the decision breaks a rule; nothing is stored."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request in a list."""

    reference: str
    organisation_name: str
    kind: str
    title: str
    due_on: date
    status: RequestStatus
    asked_at: datetime
    answered_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DoneStep:
    """What somebody did about a request."""

    what: RequestStep
    who: str
    said: str
    due_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of an answer; not sent yet where `sent_at` is None."""

    public_id: str
    name: str
    bytes: int
    sha256: str
    uploaded_by: str
    uploaded_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestInFull:
    """A request with all that was said and sent."""

    line: RequestLine
    text: str
    steps: tuple[DoneStep, ...]
    files: tuple[HeldFile, ...]


def company_to_ask(*, actor: Actor, public_id: str) -> str:
    """The name of the company that staff would ask.

    Raises:
        InformationRefusedError: There is none such.
    """
    actor.require(Permission.INFORMATION_ASK)
    with reading() as session:
        return _company(session, public_id).legal_name


def ask_for_information(
    *, actor: Actor, public_id: str, wanted: WantedInformation, now: datetime
) -> str:
    """Ask a company; its people are told at once. Gives the reference.

    Raises:
        InformationRefusedError: Every rule that it breaks, or there is no such company.
    """
    actor.require(Permission.INFORMATION_ASK)
    tidied = WantedInformation(wanted.kind, tidy(wanted.title), tidy(wanted.text), wanted.due_on)
    if reasons := request_refusals(tidied, today=now.date()):
        raise InformationRefusedError(reasons)
    assert tidied.due_on is not None  # noqa: S101  # request_refusals() saw to it
    with transaction() as session:
        company = _company(session, public_id)
        row = InformationRequestRow(
            reference=f"new-{secrets.token_hex(6)}",
            organisation_id=company.id or 0,
            kind=tidied.kind,
            title=tidied.title,
            text=tidied.text,
            due_on=tidied.due_on,
            status=RequestStatus.ASKED,
            asked_by=actor.person_id or 0,
            asked_at=now,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        row.reference = f"INF-{now.year}-{row.id:06}"
        note_step(
            session,
            row,
            actor=actor,
            what=RequestStep.ASKED,
            said="",
            due_on=row.due_on,
            now=now,
        )
        tell_company(session, row, "information.asked", now=now)
        return row.reference


def requests_of_company(
    *, actor: Actor, organisation_id: int, now: datetime
) -> tuple[RequestLine, ...]:
    """What the company is asked for: what waits for it first, by the day it is due."""
    actor.require(Permission.INFORMATION_VIEW, organisation_id)
    lines = _lines(now, InformationRequestRow.organisation_id == organisation_id)
    return _waiting_first(lines, RequestStatus.ASKED)


def requests_of_all(*, actor: Actor, now: datetime) -> tuple[RequestLine, ...]:
    """Every company's requests: answers that wait for a decision first."""
    actor.require(Permission.INFORMATION_VIEW)
    return _waiting_first(_lines(now), RequestStatus.ANSWERED)


def request_for_company(
    *, actor: Actor, organisation_id: int, reference: str, now: datetime
) -> RequestInFull:
    """One request of the company, with the files that its people added and did not send yet.

    Raises:
        InformationRefusedError: The company has none by that reference.
    """
    actor.require(Permission.INFORMATION_VIEW, organisation_id)
    return _in_full(
        now,
        InformationRequestRow.reference == reference,
        InformationRequestRow.organisation_id == organisation_id,
        for_company=True,
    )


def request_for_staff(*, actor: Actor, reference: str, now: datetime) -> RequestInFull:
    """One request, with what the company sent.

    Raises:
        InformationRefusedError: There is none by that reference.
    """
    actor.require(Permission.INFORMATION_VIEW)
    return _in_full(now, InformationRequestRow.reference == reference, for_company=False)


def _company(session: Session, public_id: str) -> OrganisationRow:
    row = session.exec(
        select(OrganisationRow).where(OrganisationRow.public_id == public_id)
    ).first()
    if row is None:
        raise InformationRefusedError((Refusal("", "There is no such company to ask."),))
    return row


def _lines(now: datetime, *wanted: object) -> list[RequestLine]:
    with reading() as session:
        return [_line(row, name, now) for row, name in _rows(session, *wanted)]


def _rows(session: Session, *wanted: object) -> list[tuple[InformationRequestRow, str]]:
    found = session.exec(
        select(InformationRequestRow, OrganisationRow.legal_name)
        .join(
            OrganisationRow,
            col(OrganisationRow.id) == col(InformationRequestRow.organisation_id),
        )
        .where(*wanted)  # type: ignore[arg-type]  # SQLModel types a comparison as bool
        .order_by(col(InformationRequestRow.due_on), col(InformationRequestRow.id))
    )
    return [(row, name) for row, name in found]


def _waiting_first(lines: list[RequestLine], first: RequestStatus) -> tuple[RequestLine, ...]:
    """By the day they are due; what is over comes last."""
    order = {RequestStatus.ASKED: 1, RequestStatus.ANSWERED: 1, first: 0}
    return tuple(sorted(lines, key=lambda line: order.get(line.status, 2)))


def _in_full(now: datetime, *wanted: object, for_company: bool) -> RequestInFull:
    with reading() as session:
        found = _rows(session, *wanted)
        if not found:
            gone = Refusal("", "There is no request for information by that reference.")
            raise InformationRefusedError((gone,))
        row, name = found[0]
        return RequestInFull(
            line=_line(row, name, now),
            text=row.text,
            steps=_steps(session, row, name, for_company=for_company),
            files=_files(session, row, for_company=for_company),
        )


def _steps(
    session: Session, row: InformationRequestRow, company: str, *, for_company: bool
) -> tuple[DoneStep, ...]:
    """What was done, oldest first; the company reads that the operator did it, not who."""
    found = session.exec(
        select(InformationStepRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(InformationStepRow.person_id))
        .where(InformationStepRow.request_id == row.id)
        .order_by(col(InformationStepRow.id))
    )
    steps = []
    for step, person in found:
        is_theirs = step.what == RequestStep.ANSWERED
        who = person if is_theirs or not for_company else "The operator"
        named = f"{who} of {company}" if is_theirs and not for_company else who
        if step.through != PAGE:
            named = f"{named}, by {step.through},"
        what = RequestStep(step.what)
        steps.append(DoneStep(what, named, step.said, step.due_on, step.created_at))
    return tuple(steps)


def _files(
    session: Session, row: InformationRequestRow, *, for_company: bool
) -> tuple[HeldFile, ...]:
    wanted = (
        select(InformationFileRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(InformationFileRow.uploaded_by))
        .where(InformationFileRow.request_id == row.id)
        .order_by(col(InformationFileRow.id))
    )
    if not for_company:
        wanted = wanted.where(col(InformationFileRow.sent_at).is_not(None))
    return tuple(
        HeldFile(
            one.public_id, one.name, one.bytes, one.sha256, person, one.created_at, one.sent_at
        )
        for one, person in session.exec(wanted)
    )


def _line(row: InformationRequestRow, organisation_name: str, now: datetime) -> RequestLine:
    return RequestLine(
        reference=row.reference,
        organisation_name=organisation_name,
        kind=row.kind,
        title=row.title,
        due_on=row.due_on,
        status=RequestStatus(row.status),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        is_overdue=is_overdue(row.status, row.due_on, now.date()),
    )

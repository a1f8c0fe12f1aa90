"""What staff make of an answer: accept it, return it with what is missing, or ask no more."""

from datetime import date, datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.formats.plain_text import tidy
from state.domain.information_requests import (
    RequestStatus,
    RequestStep,
    reason_refusals,
    return_refusals,
)
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.information_notices import tell_company
from state.persistence.information_requests import locked_request, note_step
from state.persistence.models.information_requests import InformationRequestRow
from state.persistence.transaction import transaction
from state.services.information_requests import InformationRefusedError


def accept_answer(*, actor: Actor, reference: str, reason: str, now: datetime) -> None:
    """Accept the answer, with a word to the company if there is one to say.

    Raises:
        InformationRefusedError: The words break a rule, or no answer awaits a decision.
    """
    actor.require(Permission.INFORMATION_ASK)
    said = tidy(reason)
    if reasons := reason_refusals(said, needed=False):
        raise InformationRefusedError(reasons)
    with transaction() as session:
        row = _waiting(session, reference, {RequestStatus.ANSWERED}, "a decision")
        row.status = RequestStatus.ACCEPTED
        note_step(session, row, actor=actor, what=RequestStep.ACCEPTED, said=said, now=now)
        tell_company(session, row, "information.accepted", now=now)


def return_answer(
    *, actor: Actor, reference: str, reason: str, due_on: date | None, now: datetime
) -> None:
    """Ask again: the company reads what is still missing, and by when.

    Raises:
        InformationRefusedError: Every rule that it breaks, or no answer awaits a decision.
    """
    actor.require(Permission.INFORMATION_ASK)
    said = tidy(reason)
    if reasons := return_refusals(said, due_on, today=now.date()):
        raise InformationRefusedError(reasons)
    assert due_on is not None  # noqa: S101  # return_refusals() saw to it
    with transaction() as session:
        row = _waiting(session, reference, {RequestStatus.ANSWERED}, "a decision")
        row.status, row.due_on, row.asked_at = RequestStatus.ASKED, due_on, now
        note_step(
            session,
            row,
            actor=actor,
            what=RequestStep.RETURNED,
            said=said,
            due_on=due_on,
            now=now,
        )
        tell_company(session, row, "information.returned", now=now)


def withdraw_request(*, actor: Actor, reference: str, reason: str, now: datetime) -> None:
    """Ask no more; what the company sent stays.

    Raises:
        InformationRefusedError: No reason is given, or the request is over already.
    """
    actor.require(Permission.INFORMATION_ASK)
    said = tidy(reason)
    if reasons := reason_refusals(said, needed=True):
        raise InformationRefusedError(reasons)
    with transaction() as session:
        open_now = {RequestStatus.ASKED, RequestStatus.ANSWERED}
        row = _waiting(session, reference, open_now, "anything")
        row.status = RequestStatus.WITHDRAWN
        note_step(session, row, actor=actor, what=RequestStep.WITHDRAWN, said=said, now=now)
        tell_company(session, row, "information.withdrawn", now=now)


def _waiting(
    session: Session, reference: str, wanted: set[RequestStatus], what: str
) -> InformationRequestRow:
    row = locked_request(session, reference)
    if row is None or row.status not in wanted:
        state = row.status if row else "unknown"
        gone = Refusal("", f"{reference} does not await {what}: it is {state}.")
        raise InformationRefusedError((gone,))
    return row

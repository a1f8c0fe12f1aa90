"""Deciding on a colleague's change: each decision is a signature over what was looked at."""

from datetime import datetime
from typing import Final

from sqlmodel import Session, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.changes import DECIDABLE, RIGHTS, ChangeKind, ChangeStatus, Slot, policy_on
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.change_notices import announce
from state.persistence.change_steps import go_on, note
from state.persistence.changes import add_decision, change_row, move
from state.persistence.members import membership_of
from state.persistence.models.change import ChangeRow
from state.persistence.queries.who_may import people_who_may
from state.persistence.transaction import transaction
from state.services.changes import ChangeRefusedError

BY_LETTER: Final = frozenset({ChangeKind.SIGNATORY, ChangeKind.BANK_ACCOUNT})
"""What a director's letter can stand for, where a company has one signatory alone."""

_LONGEST_REASON = 500
_MOVED_ON = "Somebody else was quicker, or the change is another now. Look at it again."


def approve_change(
    *, actor: Actor, organisation_id: int | None, public_id: str, digest: str, now: datetime
) -> ChangeStatus:
    """Sign for a change that a colleague made, exactly as it was shown.

    Raises:
        NotAllowedError: The actor made it, may not approve its kind, or it is another company's.
        SignInAgainError: Its kind needs a fresh sign-in.
        ChangeRefusedError: It moved on meanwhile.
    """
    with transaction() as session:
        row = _open(session, organisation_id, public_id)
        actor.require(RIGHTS[ChangeKind(row.kind)].approve, organisation_id)
        if row.made_by == actor.person_id:
            raise NotAllowedError("You made this change, so someone else must approve it.")
        _decide(session, actor, row, Slot.APPROVE, digest, "", now)
        note(session, actor, row, "approved", now)
        go_on(session, actor, row, now)
        announce(session, actor, row, now)
        return ChangeStatus(row.status)


def approve_for_director(
    *, actor: Actor, public_id: str, digest: str, letter_reference: str, now: datetime
) -> ChangeStatus:
    """Sign for a company that has nobody but the maker to do so: its director wrote a letter.

    Raises:
        NotAllowedError: No such change; a colleague of the maker may approve it; or the actor is
            of the company themselves.
        ChangeRefusedError: The letter has no reference, or the change moved on meanwhile.
    """
    actor.require(Permission.ACCESS_GRANT_FIRST)
    with transaction() as session:
        row = session.exec(
            select(ChangeRow).where(ChangeRow.public_id == public_id).with_for_update()
        ).first()
        if row is None or row.organisation_id is None or ChangeKind(row.kind) not in BY_LETTER:
            raise NotAllowedError("There is no such change that a director can stand in for.")
        _no_colleague_can(session, actor, row, now)
        letter = tidy(letter_reference)
        if wrong := text_problem("the reference of the director's letter", letter, longest=80):
            raise ChangeRefusedError((Refusal("letter_reference", wrong),))
        _decide(session, actor, row, Slot.APPROVE, digest, letter, now)
        note(session, actor, row, "approved_by_letter", now)
        go_on(session, actor, row, now)
        announce(session, actor, row, now)
        return ChangeStatus(row.status)


def send_back(  # noqa: PLR0913  # one decision with a reason, by its slot
    *,
    actor: Actor,
    organisation_id: int | None,
    public_id: str,
    digest: str,
    slot: Slot,
    reason: str,
    now: datetime,
) -> ChangeStatus:
    """Return a colleague's change to be improved, or refuse it; the maker reads the reason.

    Raises:
        NotAllowedError: As for approving.
        ChangeRefusedError: No reason is given, or it moved on meanwhile.
    """
    to = {Slot.RETURN: ChangeStatus.RETURNED, Slot.REFUSE: ChangeStatus.REFUSED}[slot]
    with transaction() as session:
        row = _open(session, organisation_id, public_id)
        actor.require(RIGHTS[ChangeKind(row.kind)].approve, organisation_id)
        if row.made_by == actor.person_id:
            raise NotAllowedError("You made this change: withdraw it instead.")
        why = _reason(reason)
        _decide(session, actor, row, slot, digest, why, now)
        move(session, row, to, now=now, answer=why)
        note(session, actor, row, to.value, now)
        announce(session, actor, row, now)
        return to


def withdraw_change(
    *, actor: Actor, organisation_id: int | None, public_id: str, now: datetime
) -> None:
    """Take back an own change that has not counted yet."""
    with transaction() as session:
        row = _open(session, organisation_id, public_id)
        actor.require(RIGHTS[ChangeKind(row.kind)].prepare, organisation_id)
        is_own = not actor.program or row.made_through == actor.through
        if row.made_by != actor.person_id or not is_own:
            raise NotAllowedError("Only who made a change can withdraw it.")
        _decide(session, actor, row, Slot.WITHDRAW, row.digest, "", now)
        move(session, row, ChangeStatus.WITHDRAWN, now=now)
        note(session, actor, row, "withdrawn", now)
        announce(session, actor, row, now)


def stop_change(
    *, actor: Actor, organisation_id: int | None, public_id: str, reason: str, now: datetime
) -> None:
    """Stop a change to a bank account before it counts: anybody who is told of it can.

    Raises:
        ChangeRefusedError: No reason, or it counts already: then it must be changed back.
    """
    actor.require(Permission.BANK_STOP, organisation_id)
    with transaction() as session:
        row = _open(session, organisation_id, public_id)
        if not policy_on(ChangeKind(row.kind), now.date()).is_stoppable:
            raise NotAllowedError("Only a change to a bank account can be stopped.")
        why = _reason(reason)
        _decide(session, actor, row, Slot.STOP, row.digest, why, now)
        move(session, row, ChangeStatus.STOPPED, now=now, answer=why)
        note(session, actor, row, "stopped", now)
        announce(session, actor, row, now)


def _no_colleague_can(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> None:
    organisation_id = row.organisation_id or 0
    approve = RIGHTS[ChangeKind(row.kind)].approve
    if set(people_who_may(session, organisation_id, approve, now.date())) - {row.made_by}:
        raise NotAllowedError("Someone of the company can approve this, so we do not.")
    own = membership_of(session, organisation_id, actor.person_id or 0)
    if actor.person_id == row.made_by or own is not None:
        raise NotAllowedError("You are of this company, so someone else of us must do it.")


def _open(session: Session, organisation_id: int | None, public_id: str) -> ChangeRow:
    row = change_row(session, public_id, organisation_id, to_change=True)
    if row is None:
        raise NotAllowedError("There is no such change at your company.")
    return row


def _decide(  # noqa: PLR0913, PLR0917  # a signature: who, under what, as what, over which digest, why, when
    session: Session,
    actor: Actor,
    row: ChangeRow,
    slot: Slot,
    digest: str,
    comment: str,
    now: datetime,
) -> None:
    if row.status not in DECIDABLE[slot] or row.digest != digest or actor.person_id is None:
        raise ChangeRefusedError((Refusal("", _MOVED_ON),))
    add_decision(
        session,
        row,
        slot,
        person_id=actor.person_id,
        method=actor.method,
        comment=comment,
        now=now,
    )


def _reason(typed: str) -> str:
    reason = tidy(typed)
    if wrong := text_problem("a reason", reason, longest=_LONGEST_REASON):
        raise ChangeRefusedError((Refusal("reason", wrong),))
    return reason

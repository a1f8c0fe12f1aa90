"""The operator's half of a change to a bank account: calling back, and putting it to use."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor, NotAllowedError
from state.domain.bank_risk import FLAG_WORDS
from state.domain.change_forms import questions_of
from state.domain.changes import DECIDABLE, ChangeKind, ChangeStatus, Slot
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.persistence.bank_values import opened
from state.persistence.change_notices import announce
from state.persistence.change_steps import go_on, note
from state.persistence.changes import add_decision, decisions, move
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import ContactRow, OrganisationRow
from state.persistence.models.person import PersonRow
from state.persistence.transaction import reading, transaction
from state.services.changes import ChangeRefusedError

_LONGEST_NOTE = 500
_WITH_STAFF = (ChangeStatus.AWAITING_CALL_BACK, ChangeStatus.AWAITING_ACTIVATION)


@dataclass(frozen=True, slots=True)
class WhomToCall:
    """A number that was on file before the change was made: never one from the change itself."""

    name: str
    purposes: str
    phone: str


@dataclass(frozen=True, slots=True)
class BankChangeToCheck:
    """A change that waits for the operator's people."""

    public_id: str
    company: str
    purpose: str
    status: ChangeStatus
    before: Mapping[str, str]
    after: Mapping[str, str]
    made_by: str
    submitted_at: datetime
    flags: tuple[str, ...]
    whom_to_call: tuple[WhomToCall, ...]
    checked_by_me: bool
    digest: str


def bank_changes_to_check(*, actor: Actor) -> tuple[BankChangeToCheck, ...]:
    """What waits for a call-back or to be put to use, oldest first."""
    actor.require(Permission.BANK_VERIFY)
    with reading() as session:
        rows = session.exec(
            select(ChangeRow)
            .where(
                ChangeRow.kind == ChangeKind.BANK_ACCOUNT.value,
                col(ChangeRow.status).in_([status.value for status in _WITH_STAFF]),
            )
            .order_by(col(ChangeRow.submitted_at))
        ).all()
        return tuple(_to_check(session, actor, row) for row in rows)


def record_call_back(  # who, which, as shown, how it went, in what words, when
    *, actor: Actor, public_id: str, digest: str, confirmed: bool, comment: str, now: datetime
) -> ChangeStatus:
    """Write down how the call to a number on file went; a change that was not confirmed is refused.

    Raises:
        NotAllowedError: The actor made the change, or checked it already: another must.
        ChangeRefusedError: Nothing is said of the call, or the change moved on meanwhile.
    """
    actor.require(Permission.BANK_VERIFY)
    said = tidy(comment)
    if wrong := text_problem("whom you spoke to and what they said", said, longest=_LONGEST_NOTE):
        raise ChangeRefusedError((Refusal("comment", wrong),))
    slot = Slot.CALL_BACK if confirmed else Slot.CALL_BACK_FAILED
    with transaction() as session:
        row = _to_decide(session, actor, public_id, slot, digest)
        _sign(session, actor, row, slot, said, now)
        note(session, actor, row, slot.value, now)
        if confirmed:
            go_on(session, actor, row, now)
        else:
            answer = "We called a number on file, and the change was not confirmed."
            move(session, row, ChangeStatus.REFUSED, now=now, answer=answer)
        announce(session, actor, row, now)
        return ChangeStatus(row.status)


def activate_account(*, actor: Actor, public_id: str, digest: str, now: datetime) -> ChangeStatus:
    """Put a verified account to use, after the cooling-off: somebody who did not call back.

    Raises:
        NotAllowedError: The actor called back, or made the change.
        ChangeRefusedError: The change moved on meanwhile.
    """
    actor.require(Permission.BANK_ACTIVATE)
    with transaction() as session:
        row = _to_decide(session, actor, public_id, Slot.ACTIVATE, digest)
        _sign(session, actor, row, Slot.ACTIVATE, "", now)
        note(session, actor, row, "activated", now)
        go_on(session, actor, row, now)
        announce(session, actor, row, now)
        return ChangeStatus(row.status)


def _to_decide(
    session: Session, actor: Actor, public_id: str, slot: Slot, digest: str
) -> ChangeRow:
    row = session.exec(
        select(ChangeRow)
        .where(ChangeRow.public_id == public_id, ChangeRow.kind == ChangeKind.BANK_ACCOUNT.value)
        .with_for_update()
    ).first()
    if row is None:
        raise NotAllowedError("There is no such change to a bank account.")
    if row.status not in DECIDABLE[slot] or row.digest != digest:
        raise ChangeRefusedError((Refusal("", "The change moved on meanwhile. Look at it again."),))
    if row.made_by == actor.person_id or _checked_by(session, actor, row):
        raise NotAllowedError("You had a part in this already, so someone else must do it.")
    return row


def _checked_by(session: Session, actor: Actor, row: ChangeRow) -> bool:
    return any(
        one.person_id == actor.person_id
        for one in decisions(session, row)
        if one.digest == row.digest
    )


def _sign(
    session: Session, actor: Actor, row: ChangeRow, slot: Slot, comment: str, now: datetime
) -> None:
    add_decision(
        session,
        row,
        slot,
        person_id=actor.person_id or 0,
        method=actor.method,
        comment=comment,
        now=now,
    )


def _to_check(session: Session, actor: Actor, row: ChangeRow) -> BankChangeToCheck:
    company = session.get_one(OrganisationRow, row.organisation_id)
    return BankChangeToCheck(
        public_id=row.public_id,
        company=company.legal_name,
        purpose=row.subject,
        status=ChangeStatus(row.status),
        before=_in_words(row, row.before),
        after=_in_words(row, row.after),
        made_by=session.get_one(PersonRow, row.made_by).name,
        submitted_at=row.submitted_at or row.created_at,
        flags=tuple(FLAG_WORDS[flag] for flag in row.flags.split()),
        whom_to_call=_whom_to_call(session, row),
        checked_by_me=_checked_by(session, actor, row),
        digest=row.digest,
    )


def _in_words(row: ChangeRow, values: str) -> dict[str, str]:
    plain = opened(json.loads(values), row.organisation_id)
    fields = questions_of(ChangeKind.BANK_ACCOUNT).fields
    return {
        field.label: words for field in fields if (words := field.words(plain.get(field.name, "")))
    }


def _whom_to_call(session: Session, row: ChangeRow) -> tuple[WhomToCall, ...]:
    contacts = session.exec(
        select(ContactRow)
        .where(
            ContactRow.organisation_id == row.organisation_id,
            col(ContactRow.until).is_(None),
            col(ContactRow.updated_at) < row.created_at,
        )
        .order_by(ContactRow.name)
    ).all()
    return tuple(WhomToCall(one.name, one.purposes, one.phone) for one in contacts)

"""Preparing a change to what is registered: what is so now, a draft, and sending it on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from state.domain.actor import Actor, NotAllowedError
from state.domain.change_forms import questions_of
from state.domain.change_values import date_refusals, differences
from state.domain.changes import (
    EDITABLE,
    RIGHTS,
    ChangeAction,
    ChangeKind,
    ChangeStatus,
    Slot,
    policy_on,
)
from state.domain.formats.modulus import NO_MATCH, Modulus
from state.domain.refusal import Refusal, RefusedError
from state.persistence.bank_values import sealed
from state.persistence.change_notices import announce
from state.persistence.change_steps import approves_alone, go_on, is_behind, note
from state.persistence.changes import (
    REGISTERS,
    add_decision,
    change_row,
    move,
    new_public_id,
    sign,
    wanted_of,
)
from state.persistence.models.change import ChangeRow
from state.persistence.modulus_table import checked_pair
from state.persistence.queries.bank_risk_facts import risk_flags
from state.persistence.registers.register import Held
from state.persistence.transaction import transaction


class ChangeRefusedError(RefusedError):
    """What was asked breaks rules; nothing is stored."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody typed into a form, and what they saw there when they began."""

    kind: ChangeKind
    action: ChangeAction
    subject: str
    values: Mapping[str, str]
    base_version: int
    effective_on: date | None = None
    reason: str = ""
    seen: Mapping[str, str] | None = None


def prepare_change(
    *,
    actor: Actor,
    organisation_id: int | None,
    proposal: Proposal,
    now: datetime,
    public_id: str = "",
    only_check: bool = False,
) -> str:
    """Keep a change as a draft, to be looked at before it is sent; gives the id of the draft.

    With `public_id` an own draft is typed anew. `only_check` runs every check and writes nothing.

    Raises:
        ChangeRefusedError: Every reason, by field; nothing is stored.
        NotAllowedError: No such record, or no such draft of one's own.
    """
    kind = proposal.kind
    actor.require(RIGHTS[kind].prepare, organisation_id)
    today = now.date()
    effective_on = proposal.effective_on or policy_on(kind, today).earliest(today)
    values, reasons = _checked(proposal, effective_on, today)
    with transaction() as session:
        row = _draft(session, actor, organisation_id, "" if only_check else public_id, now)
        subject = proposal.subject or row.public_id
        held = REGISTERS[kind].held(session, organisation_id, subject)
        if proposal.action is not ChangeAction.ADD and (held is None or held.ended):
            raise NotAllowedError("There is no such record at your company.")
        if not reasons:
            _fill(row, proposal, subject, held, effective_on)
            row.made_through = actor.through
            row.after = json.dumps(sealed(kind, values, row.public_id, organisation_id))
            row.digest = sign(row)
            reasons = _from_the_record(session, row, held)
        if reasons:
            raise ChangeRefusedError(reasons)
        if only_check:
            return ""
        session.add(row)
        session.flush()
        note(session, actor, row, "prepared", now)
        return row.public_id


def submit_change(
    *, actor: Actor, organisation_id: int | None, public_id: str, digest: str, now: datetime
) -> ChangeStatus:
    """Send an own draft on: to those who approve it, or at once into the record where it may.

    Raises:
        ChangeRefusedError: It was sent already or changed since, or the record forbids it now.
        NotAllowedError: Not an own draft.
    """
    with transaction() as session:
        row = _own(session, actor, organisation_id, public_id)
        kind, today = ChangeKind(row.kind), now.date()
        actor.require(RIGHTS[kind].prepare, organisation_id)
        if row.status not in EDITABLE or row.digest != digest:
            raise ChangeRefusedError((Refusal("", "This was sent already, or changed since."),))
        if is_behind(session, row):
            return _met_another(session, actor, row, now)
        reasons = date_refusals(kind, row.effective_on, today)
        if reasons := (*reasons, *REGISTERS[kind].refusals(session, wanted_of(row))):
            raise ChangeRefusedError(reasons)
        lapses_on = today + timedelta(days=policy_on(kind, today).lapses_after_days)
        move(
            session,
            row,
            ChangeStatus.AWAITING_APPROVAL,
            now=now,
            submitted_at=now,
            lapses_on=lapses_on,
            flags=" ".join(risk_flags(session, row, actor.session_id, now)),
        )
        note(session, actor, row, "submitted", now)
        if approves_alone(session, actor, row, today):
            _approve_alone(session, actor, row, now)
        go_on(session, actor, row, now)
        announce(session, actor, row, now)
        return ChangeStatus(row.status)


def _met_another(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> ChangeStatus:
    """Its maker is told once: what a program of theirs sent on, they would not see on a page."""
    if row.status != ChangeStatus.CONFLICT:
        move(session, row, ChangeStatus.CONFLICT, now=now)
        note(session, actor, row, "met_another", now)
        announce(session, actor, row, now)
    return ChangeStatus.CONFLICT


def _checked(
    proposal: Proposal, effective_on: date, today: date
) -> tuple[dict[str, str], tuple[Refusal, ...]]:
    """The values in their normal form, and what can be said of them without the record."""
    reasons = date_refusals(proposal.kind, effective_on, today)
    if proposal.action is ChangeAction.END:
        return {}, reasons
    if proposal.kind is ChangeKind.SIGNATORY:  # grants with their dates, read by the register
        return {"categories": proposal.values.get("categories", "")}, reasons
    if proposal.kind is ChangeKind.CORRECTION:  # cells of rows, read by the register
        return dict(proposal.values), reasons
    questions = questions_of(proposal.kind)
    typed = questions.tidied(proposal.values)
    if wrong := questions.refusals(typed):
        return {}, (*wrong, *reasons)
    values = dict(questions.normal(typed))
    return values, (*_pair_reasons(values), *reasons)


def _pair_reasons(values: Mapping[str, str]) -> tuple[Refusal, ...]:
    """A sort code and an account number that cannot be of one account."""
    if not values.get("sort_code"):
        return ()
    if checked_pair(values["sort_code"], values["account_number"]) is not Modulus.FAILED:
        return ()
    return (Refusal("account_number", NO_MATCH),)


def _draft(
    session: Session, actor: Actor, organisation_id: int | None, public_id: str, now: datetime
) -> ChangeRow:
    if public_id:
        row = _own(session, actor, organisation_id, public_id)
        if row.status not in EDITABLE:
            raise NotAllowedError("Only a draft can be changed.")
        row.row_version += 1
        row.updated_at = now
        return row
    return ChangeRow(
        public_id=new_public_id(),
        organisation_id=organisation_id,
        kind="",
        action="",
        subject="",
        title="",
        base_version=0,
        before="",
        after="",
        digest="",
        effective_on=now.date(),
        status=ChangeStatus.DRAFT.value,
        made_by=_person(actor),
        created_at=now,
        updated_at=now,
    )


def _fill(
    row: ChangeRow, proposal: Proposal, subject: str, held: Held | None, effective_on: date
) -> None:
    """Begin from what was seen; where somebody wrote meanwhile, that is a conflict to settle."""
    version = held.row_version if held else 0
    row.kind, row.action, row.subject = proposal.kind.value, proposal.action.value, subject
    row.base_version = proposal.base_version
    before = proposal.seen if proposal.seen is not None else (held.values if held else {})
    row.before = json.dumps(dict(before), sort_keys=True)
    row.title = (held.title if held else "") or subject
    row.effective_on, row.reason = effective_on, proposal.reason
    stale = row.base_version != version
    row.status = (ChangeStatus.CONFLICT if stale else ChangeStatus.DRAFT).value


def _from_the_record(session: Session, row: ChangeRow, held: Held | None) -> tuple[Refusal, ...]:
    register = REGISTERS[ChangeKind(row.kind)]
    wanted = wanted_of(row)
    if row.action != ChangeAction.END and not held:
        row.title = register.title(wanted.values) or row.title
    is_same = held and not differences(held.values, wanted.values)
    if row.action == ChangeAction.CHANGE and is_same:
        return (Refusal("", "Nothing is changed yet. Change something, or go back."),)
    return register.refusals(session, wanted)


def _own(session: Session, actor: Actor, organisation_id: int | None, public_id: str) -> ChangeRow:
    row = change_row(session, public_id, organisation_id, to_change=True)
    if row is None or row.made_by != actor.person_id or not _came_through(actor, row):
        raise NotAllowedError("There is no such draft of yours.")
    return row


def _came_through(actor: Actor, row: ChangeRow) -> bool:
    """Whether a program made it itself; a person may go on with what a program of theirs made."""
    return not actor.program or row.made_through == actor.through


def _approve_alone(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> None:
    add_decision(
        session,
        row,
        Slot.APPROVE,
        person_id=_person(actor),
        method=actor.method,
        comment="",
        now=now,
        self_approved=True,
    )
    note(session, actor, row, "self_approved", now)


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person may do this.")
    return actor.person_id

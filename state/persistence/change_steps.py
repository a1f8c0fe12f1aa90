"""What follows in a change once somebody did something: the next state, and at last the record."""

import json
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.bank_risk import call_backs_needed
from state.domain.change_values import date_refusals
from state.domain.changes import (
    EDITABLE,
    RIGHTS,
    ChangeAction,
    ChangeKind,
    ChangeStatus,
    cooled_on,
    next_status,
    policy_on,
)
from state.domain.permissions import Right
from state.persistence.audit_trail import record
from state.persistence.change_notices import announce
from state.persistence.changes import agreed_to, move, others_open, register_of, wanted_of
from state.persistence.models.change import ChangeRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.registers.register import Held


def note(session: Session, actor: Actor, row: ChangeRow, what: str, now: datetime) -> None:
    """An entry of the audit trail: which fields, never what stands in them."""
    record(
        session,
        actor=actor,
        event=f"account.{row.kind}.change_{what}",
        subject=row.public_id,
        organisation_id=row.organisation_id,
        now=now,
        record=row.subject,
        action=row.action,
        status=row.status,
        fields=sorted(json.loads(row.after)),
        digest=row.digest,
    )


def held_now(session: Session, row: ChangeRow, *, to_change: bool = False) -> Held | None:
    """The record that the change is for, as it stands."""
    register = register_of(row)
    return register.held(session, row.organisation_id, row.subject, to_change=to_change)


def is_behind(session: Session, row: ChangeRow) -> bool:
    """Whether the record moved on since the change was begun."""
    held = held_now(session, row, to_change=True)
    return (held.row_version if held else 0) != row.base_version


def go_on(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> None:
    """Let the change wait for whom it needs next; make it so when nobody is left."""
    today = now.date()
    policy = policy_on(ChangeKind(row.kind), today)
    needed = call_backs_needed(policy.call_backs, tuple(row.flags.split()))
    to = next_status(policy, agreed_to(session, row), needed)
    if to is not ChangeStatus.SCHEDULED:
        if to != row.status:
            move(session, row, to, now=now)
        return
    move(session, row, to, now=now, cools_until=cooled_on(policy, today))
    apply_if_due(session, actor, row, now)


def apply_if_due(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> None:
    """Write the change into the record when its day has come; one that moved on is a conflict."""
    due = max(row.effective_on, row.cools_until or date.min)
    register = register_of(row)
    if now.date() < due and not register.is_dated:
        return
    if is_behind(session, row):
        move(session, row, ChangeStatus.CONFLICT, now=now)
        note(session, actor, row, "met_another", now)
        return
    wanted = replace(wanted_of(row, effective_on=due), by=actor)
    too_late = date_refusals(ChangeKind(row.kind), due, now.date()) if register.is_dated else ()
    if reasons := (*register.refusals(session, wanted), *too_late):
        why = " ".join(reason.reason for reason in reasons)[:500]
        move(session, row, ChangeStatus.RETURNED, now=now, answer=why)
        note(session, actor, row, "returned", now)
        return
    register.apply(session, wanted, now)
    session.flush()
    move(session, row, ChangeStatus.APPLIED, now=now)
    note(session, actor, row, "applied", now)
    _leave_behind(session, actor, row, now)


def _leave_behind(session: Session, actor: Actor, row: ChangeRow, now: datetime) -> None:
    """Other changes to the same record were begun from what is no more."""
    for other in others_open(session, row):
        if other.status in EDITABLE and other.status != ChangeStatus.CONFLICT:
            continue  # seen when its maker comes back to it
        to = ChangeStatus.SUPERSEDED if row.action == ChangeAction.END else ChangeStatus.CONFLICT
        move(session, other, to, now=now)
        note(session, actor, other, "met_another", now)
        announce(session, actor, other, now)


def approves_alone(session: Session, actor: Actor, row: ChangeRow, today: date) -> bool:
    """Whether the maker may also approve: of low risk, where policy and company allow it."""
    policy = policy_on(ChangeKind(row.kind), today)
    if not policy.self_approval or row.organisation_id is None:
        return False
    company = session.get_one(OrganisationRow, row.organisation_id)
    right = actor.right(RIGHTS[ChangeKind(row.kind)].approve, row.organisation_id)
    return company.self_approves_low_risk and right is Right.YES

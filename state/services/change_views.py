"""Changes to look at: those of a company, and one of them as whoever decides on it sees it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.actor import PAGE, Actor, NotAllowedError
from state.domain.change_forms import questions_of
from state.domain.change_values import Difference, Meeting, differences, meetings
from state.domain.changes import (
    DECIDABLE,
    EDITABLE,
    RIGHTS,
    ChangeAction,
    ChangeKind,
    ChangeStatus,
    Slot,
    policy_on,
)
from state.domain.corrections import DATASET, cell_of, cell_words
from state.domain.datasets import Dataset, dataset
from state.domain.permissions import Permission
from state.domain.reference import reference_item, value_in_words
from state.domain.signatory import grants_in_words
from state.persistence.bank_values import opened
from state.persistence.change_steps import approves_alone, held_now
from state.persistence.changes import change_row, decisions
from state.persistence.models.change import ChangeDecisionRow, ChangeRow
from state.persistence.models.person import MembershipRow, PersonRow
from state.persistence.transaction import reading

_MOST_LISTED = 500
_OPERATOR = "The operator"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change in a list."""

    public_id: str
    kind: ChangeKind
    action: ChangeAction
    title: str
    status: ChangeStatus
    effective_on: date
    made_by: str
    is_mine: bool
    awaits_me: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field in words: what it was, what it would be."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MetField:
    """A field that two people changed, in words: what it was, what each made of it."""

    field: str
    label: str
    base: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decided what, and when; the operator's people have no name here."""

    name: str
    slot: Slot
    decided_at: datetime
    comment: str
    self_approved: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change, whole, for who may see it. `made_through` names a program; none is a page."""

    line: ChangeLine
    subject: str
    fields: tuple[ChangedField, ...]
    reason: str
    answer: str
    signatures: tuple[Signature, ...]
    digest: str
    submitted_at: datetime | None
    lapses_on: date | None
    cools_until: date | None
    ended_at: datetime | None
    meetings: tuple[MetField, ...]
    may: frozenset[Slot]
    may_edit: bool
    counts_at_once: bool
    made_through: str = ""


def changes_of(
    *, actor: Actor, organisation_id: int, before: str = "", most: int = _MOST_LISTED
) -> tuple[ChangeLine, ...]:
    """The company's changes, newest first, of the kinds that the actor may see.

    Somebody else's draft is nobody's business yet. With `before`, those made before that one.
    """
    actor.require(Permission.ORG_VIEW, organisation_id)
    kinds = [kind for kind in ChangeKind if actor.may(RIGHTS[kind].view, organisation_id)]
    with reading() as session:
        earlier = change_row(session, before, organisation_id) if before else None
        rows = session.exec(
            select(ChangeRow, PersonRow.name)
            .join(PersonRow, col(PersonRow.id) == col(ChangeRow.made_by))
            .where(
                ChangeRow.organisation_id == organisation_id,
                col(ChangeRow.kind).in_([kind.value for kind in kinds]),
                (col(ChangeRow.made_by) == actor.person_id)
                | col(ChangeRow.submitted_at).is_not(None),
                *([col(ChangeRow.id) < earlier.id] if earlier else []),
            )
            .order_by(col(ChangeRow.id).desc())
            .limit(most)
        ).all()
        return tuple(_line(actor, row, name) for row, name in rows)


def change_to_see(*, actor: Actor, organisation_id: int | None, public_id: str) -> ChangeView:
    """One change as it stands.

    Raises:
        NotAllowedError: Another company's, another's draft, a kind that is not theirs to see,
            or none at all: the answer is the same.
    """
    with reading() as session:
        row = change_row(session, public_id, organisation_id)
        kind = ChangeKind(row.kind) if row else ChangeKind.CONTACT
        actor.require(RIGHTS[kind].view, organisation_id)
        if row is None or (row.submitted_at is None and row.made_by != actor.person_id):
            raise NotAllowedError("There is no such change at your company.")
        return view_in(session, actor, row)


def _line(actor: Actor, row: ChangeRow, name: str) -> ChangeLine:
    return ChangeLine(
        public_id=row.public_id,
        kind=ChangeKind(row.kind),
        action=ChangeAction(row.action),
        title=row.title,
        status=ChangeStatus(row.status),
        effective_on=row.effective_on,
        made_by=name,
        is_mine=row.made_by == actor.person_id,
        awaits_me=Slot.APPROVE in _may(actor, row),
        made_at=row.submitted_at or row.created_at,
    )


def view_in(session: Session, actor: Actor, row: ChangeRow) -> ChangeView:
    """A change as whoever decides on it sees it, inside a picture that the caller holds."""
    before = opened(json.loads(row.before), row.organisation_id)
    after = opened(json.loads(row.after), row.organisation_id)
    maker = session.get_one(PersonRow, row.made_by)
    return ChangeView(
        line=_line(actor, row, maker.name),
        subject=row.subject,
        fields=_in_words(row, before, after),
        reason=row.reason,
        answer=row.answer,
        signatures=tuple(_signature(session, row, one) for one in decisions(session, row)),
        digest=row.digest,
        submitted_at=row.submitted_at,
        lapses_on=row.lapses_on,
        cools_until=row.cools_until,
        ended_at=row.ended_at,
        meetings=_meetings(session, row, before, after),
        may=_may(actor, row),
        may_edit=row.status in EDITABLE and row.made_by == actor.person_id,
        counts_at_once=approves_alone(session, actor, row, row.created_at.date()),
        made_through=row.made_through if row.made_through != PAGE else "",
    )


def _may(actor: Actor, row: ChangeRow) -> frozenset[Slot]:
    """What the actor may decide now; a fresh sign-in may still be asked for."""
    rights = RIGHTS[ChangeKind(row.kind)]
    is_mine = row.made_by == actor.person_id
    may = {
        Slot.APPROVE: not is_mine and actor.may(rights.approve, row.organisation_id),
        Slot.WITHDRAW: is_mine and actor.may(rights.prepare, row.organisation_id),
        Slot.STOP: policy_on(ChangeKind(row.kind), row.created_at.date()).is_stoppable
        and actor.may(Permission.BANK_STOP, row.organisation_id),
    }
    may[Slot.RETURN] = may[Slot.REFUSE] = may[Slot.APPROVE]
    return frozenset(slot for slot, held in may.items() if held and row.status in DECIDABLE[slot])


def _in_words(
    row: ChangeRow, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[ChangedField, ...]:
    """What differs, in the order of the form; of a record that ends, all that it was."""
    if row.kind == ChangeKind.CORRECTION:
        return _cells_in_words(dataset(after[DATASET]), before, after)
    questions = questions_of(ChangeKind(row.kind))
    if row.action == ChangeAction.END:
        after = dict.fromkeys(before, "")
    if item := reference_item(row.subject) if row.kind == ChangeKind.REFERENCE else None:
        before, after = (
            {**values, "value": value_in_words(item, values.get("value", ""))}
            for values in (before, after)
        )
    differs = {one.field: one for one in differences(before, after)}
    if row.kind == ChangeKind.SIGNATORY:
        return _categories_in_words(differs)
    return tuple(
        ChangedField(
            field.name,
            field.label,
            field.words(differs[field.name].before),
            field.words(differs[field.name].after),
        )
        for field in questions.fields
        if field.name in differs
    )


def _categories_in_words(differs: Mapping[str, Difference]) -> tuple[ChangedField, ...]:
    return tuple(
        ChangedField(
            "categories", "May sign for", grants_in_words(one.before), grants_in_words(one.after)
        )
        for one in differs.values()
    )


def _cells_in_words(
    definition: Dataset, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[ChangedField, ...]:
    """Each value that is corrected, in the order in which the rows stood."""
    return tuple(
        ChangedField(name, cell_words(definition, cell), before.get(name, ""), text)
        for name, text in after.items()
        if (cell := cell_of(name)) is not None
    )


def _meetings(
    session: Session, row: ChangeRow, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[MetField, ...]:
    if row.status != ChangeStatus.CONFLICT:
        return ()
    held = held_now(session, row)
    theirs = opened(held.values, row.organisation_id) if held else {}
    met = {one.field: one for one in meetings(before, theirs, after)}
    if row.kind == ChangeKind.SIGNATORY:
        return tuple(
            _met("categories", "May sign for", one, grants_in_words) for one in met.values()
        )
    fields = questions_of(ChangeKind(row.kind)).fields
    return tuple(
        _met(field.name, field.label, met[field.name], field.words)
        for field in fields
        if field.name in met
    )


def _met(name: str, label: str, one: Meeting, words: Callable[[str], str]) -> MetField:
    return MetField(name, label, words(one.base), words(one.theirs), words(one.yours))


def _signature(session: Session, row: ChangeRow, one: ChangeDecisionRow) -> Signature:
    is_colleague = session.exec(
        select(MembershipRow.id).where(
            MembershipRow.person_id == one.person_id,
            MembershipRow.organisation_id == row.organisation_id,
        )
    ).first()
    is_shown = is_colleague or row.organisation_id is None  # the operator's own change
    slot = Slot(one.slot)
    name = session.get_one(PersonRow, one.person_id).name if is_shown else _OPERATOR
    if not is_shown and slot is Slot.APPROVE:
        name = f"{_OPERATOR}, by a director's letter"
    private = slot in {Slot.CALL_BACK, Slot.CALL_BACK_FAILED}
    return Signature(name, slot, one.decided_at, "" if private else one.comment, one.self_approved)

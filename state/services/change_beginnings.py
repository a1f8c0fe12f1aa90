"""What the form of a change begins with: the record as it is, nothing, or an own draft."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from state.domain.actor import Actor, NotAllowedError
from state.domain.change_forms import private_fields, questions_of
from state.domain.changes import EDITABLE, RIGHTS, ChangeAction, ChangeKind
from state.persistence.changes import REGISTERS, change_row
from state.persistence.transaction import reading
from state.services.changes import Proposal


@dataclass(frozen=True, slots=True)
class RecordToChange:
    """A record as its form begins: what may be shown of it, and the version that was read."""

    values: Mapping[str, str]
    row_version: int
    title: str


def record_to_change(
    *, actor: Actor, organisation_id: int | None, kind: ChangeKind, subject: str
) -> RecordToChange:
    """What a form begins with: of a new record nothing; private fields begin empty.

    Raises:
        NotAllowedError: Another company's record, or none: the answer is the same.
    """
    actor.require(RIGHTS[kind].prepare, organisation_id)
    with reading() as session:
        held = REGISTERS[kind].held(session, organisation_id, subject) if subject else None
        if held is None and subject and kind is not ChangeKind.BANK_ACCOUNT:
            raise NotAllowedError("There is no such record at your company.")
        if held is None:
            return RecordToChange({}, 0, "")
        return RecordToChange(_shown(kind, held.values), held.row_version, held.title)


def draft_to_change(
    *, actor: Actor, organisation_id: int | None, public_id: str
) -> tuple[Proposal, str]:
    """An own draft as it was typed, and its title; private fields begin empty again.

    Raises:
        NotAllowedError: Not an own draft.
    """
    with reading() as session:
        row = change_row(session, public_id, organisation_id)
        kind = ChangeKind(row.kind) if row else ChangeKind.CONTACT
        actor.require(RIGHTS[kind].prepare, organisation_id)
        if row is None or row.made_by != actor.person_id or row.status not in EDITABLE:
            raise NotAllowedError("There is no such draft of yours.")
        proposal = Proposal(
            kind=kind,
            action=ChangeAction(row.action),
            subject=row.subject,
            values=_shown(kind, json.loads(row.after)),
            base_version=row.base_version,
            effective_on=row.effective_on,
            reason=row.reason,
            seen=None if private_fields(kind) else json.loads(row.before),
        )
        return proposal, row.title


def _shown(kind: ChangeKind, values: Mapping[str, str]) -> dict[str, str]:
    asked = {field.name for field in questions_of(kind).fields} - private_fields(kind)
    return {name: text for name, text in values.items() if name in asked}

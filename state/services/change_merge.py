"""Two changes that met: whoever came second takes theirs or their own, field by field."""

import json
from datetime import datetime

from state.domain.actor import Actor, NotAllowedError
from state.domain.change_values import merged
from state.domain.changes import RIGHTS, ChangeKind, ChangeStatus
from state.persistence.change_steps import held_now, note
from state.persistence.changes import change_row, sign
from state.persistence.transaction import transaction


def merge_change(
    *,
    actor: Actor,
    organisation_id: int | None,
    public_id: str,
    take_theirs: frozenset[str],
    now: datetime,
) -> None:
    """Begin the change again from what is so now; where both changed a field, as chosen.

    Raises:
        NotAllowedError: Not an own change that met another.
    """
    with transaction() as session:
        row = change_row(session, public_id, organisation_id, to_change=True)
        kind = ChangeKind(row.kind) if row else ChangeKind.CONTACT
        actor.require(RIGHTS[kind].prepare, organisation_id)
        if row is None or row.made_by != actor.person_id or row.status != ChangeStatus.CONFLICT:
            raise NotAllowedError("There is no such change of yours.")
        held = held_now(session, row)
        theirs = dict(held.values) if held else {}
        yours = merged(json.loads(row.before), theirs, json.loads(row.after), take_theirs)
        row.after = json.dumps(yours)
        row.before = json.dumps(theirs, sort_keys=True)
        row.base_version = held.row_version if held else 0
        row.status = ChangeStatus.DRAFT.value
        row.row_version += 1
        row.updated_at = now
        row.digest = sign(row)
        session.add(row)
        session.flush()
        note(session, actor, row, "merged", now)

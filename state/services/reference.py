"""Reference data to look at: each value with its whole history, and the changes that wait."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from state.domain.actor import Actor
from state.domain.changes import EDITABLE, OPEN, ChangeKind, ChangeStatus
from state.domain.permissions import Permission
from state.domain.reference import ReferenceItem, ReferenceKind, reference_items
from state.persistence.models.change import ChangeRow
from state.persistence.models.person import PersonRow
from state.persistence.reference_values import forget_picture, let_rules_read
from state.persistence.transaction import reading


@dataclass(frozen=True, slots=True)
class WaitingValue:
    """A proposal that somebody still has to decide on, or its maker has to go on with."""

    public_id: str
    title: str
    status: ChangeStatus
    effective_on: date
    made_by: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """The items of a kind, and every proposal that waits."""

    items: tuple[ReferenceItem, ...]
    waiting: tuple[WaitingValue, ...]
    today: date


def use_reference_data(*, actor: Actor) -> None:
    """Have the rules of this process read what was agreed, from now on."""
    actor.require(Permission.INSTALLATION_RUN)
    let_rules_read()


def reference_data(*, actor: Actor, kind: ReferenceKind, now: datetime) -> ReferenceData:
    """The items of a kind as they are kept now; somebody else's draft is nobody's business yet."""
    actor.require(Permission.REFERENCE_VIEW)
    forget_picture()
    with reading() as session:
        rows = session.exec(
            select(ChangeRow, PersonRow.name)
            .join(PersonRow, col(PersonRow.id) == col(ChangeRow.made_by))
            .where(
                ChangeRow.kind == ChangeKind.REFERENCE.value,
                col(ChangeRow.status).in_([status.value for status in OPEN]),
                (col(ChangeRow.made_by) == actor.person_id)
                | col(ChangeRow.status).not_in([status.value for status in EDITABLE]),
            )
            .order_by(col(ChangeRow.id).desc())
        ).all()
    waiting = tuple(
        WaitingValue(
            row.public_id,
            row.title,
            ChangeStatus(row.status),
            row.effective_on,
            name,
            row.made_by == actor.person_id,
        )
        for row, name in rows
    )
    return ReferenceData(reference_items(kind), waiting, now.date())

"""The register of reference data: a new value is one more row, from its own date on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import event
from sqlmodel import Session

from state.domain.changes import ChangeAction
from state.domain.reference import (
    ReferenceItem,
    normal_value,
    reference_item,
    value_refusals,
)
from state.domain.refusal import Refusal
from state.persistence.models.reference import ReferenceValueRow
from state.persistence.reference_values import dated, forget_picture, rows_of
from state.persistence.registers.register import Held, Register, Wanted


def held(
    session: Session,
    organisation_id: int | None,
    subject: str,
    *,
    to_change: bool = False,  # noqa: ARG001  # a row is only ever added, once a date
) -> Held | None:
    """The newest value of an item; it belongs to no company."""
    item = _item(session, subject)
    if item is None or organisation_id is not None:
        return None
    return Held({"value": item.newest.value, "source": ""}, len(item.values), item.name)


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Add the value from its date on; whoever reads in this process sees it once it is kept."""
    item = _item(session, wanted.subject)
    if item is None:
        raise LookupError("There is no such reference data.")
    session.add(
        ReferenceValueRow(
            kind=item.kind.value,
            key=item.key,
            since=wanted.effective_on,
            value=normal_value(item, wanted.values["value"]),
            unit=item.unit,
            source=wanted.values["source"],
            change_public_id=wanted.change_id,
            created_at=now,
            updated_at=now,
        )
    )
    event.listen(session, "after_commit", lambda _: forget_picture(), once=True)


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """A value that the item can have, other than the newest, and after it."""
    item = _item(session, wanted.subject)
    if item is None or wanted.action is not ChangeAction.CHANGE or wanted.organisation_id:
        return (Refusal("", "A value neither begins nor ends: propose another from a date on."),)
    return value_refusals(item, wanted.values.get("value", ""), wanted.effective_on)


def _item(session: Session, subject: str) -> ReferenceItem | None:
    """The item with all that is kept of it now, whatever the rules of this process read."""
    item = reference_item(subject)
    if item is None:
        return None
    kept = tuple(dated(row) for row in rows_of(session, item.kind.value, item.key))
    filed = tuple(one for one in item.values if one.since not in {row.since for row in kept})
    return replace(item, values=tuple(sorted((*filed, *kept), key=lambda one: one.since)))


def _title(values: Mapping[str, str]) -> str:
    return values.get("value", "")


REFERENCES = Register(held, apply, _title, refusals, is_dated=True)

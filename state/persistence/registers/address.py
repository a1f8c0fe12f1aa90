"""The register of addresses."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.changes import ChangeAction
from state.domain.refusal import Refusal
from state.persistence.models.organisation import AddressRow
from state.persistence.registers.register import Held, Register, Wanted

_FIELDS = ("purpose", "line_1", "line_2", "line_3", "line_4", "line_5", "postcode", "country")
_KEPT_ALWAYS = "registered"


def held(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = False
) -> Held | None:
    """An address of the company."""
    row = _row(session, organisation_id, subject, to_change=to_change)
    if row is None:
        return None
    values = {name: getattr(row, name) for name in _FIELDS}
    return Held(values, row.row_version, _title(values), ended=row.until is not None)


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Write an address."""
    row = _row(session, wanted.organisation_id, wanted.subject)
    if row is None:
        row = AddressRow(
            public_id=wanted.subject,
            organisation_id=wanted.organisation_id or 0,
            since=wanted.effective_on,
            created_at=now,
            updated_at=now,
            row_version=0,
            **dict.fromkeys(_FIELDS, ""),  # type: ignore[arg-type]
        )
    if wanted.action is ChangeAction.END:
        row.until = wanted.effective_on
    else:
        for name in _FIELDS:
            setattr(row, name, wanted.values.get(name, ""))
    row.row_version += 1
    row.updated_at = now
    session.add(row)


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """One address a purpose, and always a registered one."""
    before = held(session, wanted.organisation_id, wanted.subject)
    was = before.values["purpose"] if before else ""
    purpose = wanted.values.get("purpose", "")
    if was == _KEPT_ALWAYS and (wanted.action is ChangeAction.END or purpose != was):
        return (Refusal("purpose", "Your company must always have a registered address."),)
    if wanted.action is ChangeAction.END:
        return ()
    taken = session.exec(
        select(AddressRow.id).where(
            AddressRow.organisation_id == wanted.organisation_id,
            AddressRow.public_id != wanted.subject,
            AddressRow.purpose == purpose,
            col(AddressRow.until).is_(None),
        )
    ).first()
    if taken is None:
        return ()
    return (Refusal("purpose", "There is an address for this already. Change that one instead."),)


def _title(values: Mapping[str, str]) -> str:
    return ", ".join(text for text in (values.get("line_1"), values.get("postcode")) if text)


def _row(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = True
) -> AddressRow | None:
    wanted = select(AddressRow).where(
        AddressRow.public_id == subject, AddressRow.organisation_id == organisation_id
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


ADDRESSES = Register(held, apply, _title, refusals)

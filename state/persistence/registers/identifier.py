"""The register of what else companies are known by: each value is one company's alone."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.changes import ChangeAction
from state.domain.identifiers import (
    CHOSEN_FREELY,
    SCHEMES,
    taken_words,
    value_of,
    values_of,
)
from state.domain.refusal import Refusal
from state.persistence.models.organisation import IdentifierRow
from state.persistence.registers.register import Held, Register, Wanted


def held(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = False
) -> Held | None:
    """An identifier of the company."""
    row = _row(session, organisation_id, subject, to_change=to_change)
    if row is None:
        return None
    values = values_of(row.scheme, row.value)
    return Held(values, row.row_version, _title(values), ended=row.until is not None)


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Write an identifier."""
    row = _row(session, wanted.organisation_id, wanted.subject)
    if row is None:
        row = IdentifierRow(
            public_id=wanted.subject,
            organisation_id=wanted.organisation_id or 0,
            scheme="",
            value="",
            since=wanted.effective_on,
            created_at=now,
            updated_at=now,
            row_version=0,
        )
    if wanted.action is ChangeAction.END:
        row.until = wanted.effective_on
    else:
        row.scheme, row.value = wanted.values.get("scheme", ""), value_of(wanted.values)
    row.row_version += 1
    row.updated_at = now
    session.add(row)


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """No two companies have one value; one that a company may choose freely is never used again."""
    scheme, value = wanted.values.get("scheme", ""), value_of(wanted.values)
    if wanted.action is ChangeAction.END or not value:
        return ()
    others = session.exec(
        select(IdentifierRow).where(
            IdentifierRow.scheme == scheme, col(IdentifierRow.public_id) != wanted.subject
        )
    ).all()
    used = {one.value for one in others if one.until is None or scheme in CHOSEN_FREELY}
    if value not in used:
        return ()
    thing = SCHEMES[scheme]
    if scheme in CHOSEN_FREELY:
        return (Refusal(scheme, taken_words(value, thing, used, longest=len(value))),)
    return (Refusal(scheme, f"That {thing} is a company's already. Check it, or ask us"),)


def _title(values: Mapping[str, str]) -> str:
    return f"{SCHEMES.get(values.get('scheme', ''), '')} {value_of(values)}".strip()


def _row(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = True
) -> IdentifierRow | None:
    wanted = select(IdentifierRow).where(
        IdentifierRow.public_id == subject, IdentifierRow.organisation_id == organisation_id
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


IDENTIFIERS = Register(held, apply, _title, refusals)

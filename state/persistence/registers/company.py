"""The register of companies: what a company may change of itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from state.domain.refusal import Refusal
from state.persistence.models.organisation import OrganisationRow
from state.persistence.registers.register import Held, Register, Wanted

_FIELDS = ("system_name", "website", "vat_status", "vat_number", "lei", "eic")


def held(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = False
) -> Held | None:
    """The company itself."""
    row = _row(session, organisation_id, subject, to_change=to_change)
    if row is None:
        return None
    return Held({name: getattr(row, name) for name in _FIELDS}, row.row_version, row.legal_name)


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Write the company's details; a company neither begins nor ends here."""
    row = _row(session, wanted.organisation_id, wanted.subject)
    if row is None:
        raise LookupError("There is no such company.")
    for name in _FIELDS:
        setattr(row, name, wanted.values.get(name, ""))
    row.row_version += 1
    row.updated_at = now
    session.add(row)


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """No two companies may stand in the flows under one name."""
    name = wanted.values.get("system_name", "")
    same = session.exec(
        select(OrganisationRow.id).where(
            OrganisationRow.system_name == name, OrganisationRow.id != wanted.organisation_id
        )
    ).first()
    if same is None:
        return ()
    return (Refusal("system_name", "Another company has that system name. Choose another."),)


def _title(values: Mapping[str, str]) -> str:
    return values.get("system_name", "")


def _row(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = True
) -> OrganisationRow | None:
    wanted = select(OrganisationRow).where(
        OrganisationRow.public_id == subject, OrganisationRow.id == organisation_id
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


COMPANIES = Register(held, apply, _title, refusals)

"""The register of contacts."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.changes import ChangeAction
from state.domain.refusal import Refusal
from state.persistence.models.organisation import ContactRow
from state.persistence.registers.register import Held, Register, Wanted

_FIELDS = ("name", "job_title", "email", "phone", "mobile", "out_of_hours", "purposes")


def held(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = False
) -> Held | None:
    """A contact of the company."""
    row = _row(session, organisation_id, subject, to_change=to_change)
    if row is None:
        return None
    return Held(
        values={name: getattr(row, name) for name in _FIELDS},
        row_version=row.row_version,
        title=row.name,
        ended=row.until is not None,
    )


def apply(session: Session, wanted: Wanted, now: datetime) -> None:
    """Write a contact; what is agreed about it is also a review of it."""
    row = _row(session, wanted.organisation_id, wanted.subject)
    if row is None:
        row = ContactRow(
            public_id=wanted.subject,
            organisation_id=wanted.organisation_id or 0,
            since=wanted.effective_on,
            reviewed_on=now.date(),
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
        row.reviewed_on = now.date()
    row.row_version += 1
    row.updated_at = now
    session.add(row)


def refusals(session: Session, wanted: Wanted) -> tuple[Refusal, ...]:
    """A company must always have somebody to whom notices go."""
    keeps_notices = wanted.action is not ChangeAction.END and "notices" in wanted.values.get(
        "purposes", ""
    )
    others = session.exec(
        select(ContactRow.purposes).where(
            ContactRow.organisation_id == wanted.organisation_id,
            ContactRow.public_id != wanted.subject,
            col(ContactRow.until).is_(None),
        )
    ).all()
    has_others = any("notices" in purposes.split() for purposes in others)
    before = held(session, wanted.organisation_id, wanted.subject)
    had = before is not None and "notices" in before.values["purposes"].split()
    if not had or keeps_notices or has_others:
        return ()
    return (
        Refusal(
            "purposes",
            "Your company must always have a contact for notices. Give that purpose to somebody "
            "else first.",
        ),
    )


def _title(values: Mapping[str, str]) -> str:
    return values.get("name", "")


def _row(
    session: Session, organisation_id: int | None, subject: str, *, to_change: bool = True
) -> ContactRow | None:
    wanted = select(ContactRow).where(
        ContactRow.public_id == subject, ContactRow.organisation_id == organisation_id
    )
    return session.exec(wanted.with_for_update() if to_change else wanted).first()


CONTACTS = Register(held, apply, _title, refusals)

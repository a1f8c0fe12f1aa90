"""Requests for information in the record: finding one to change, and noting what was done."""

from datetime import date, datetime

from sqlmodel import Session, select

from state.domain.actor import Actor
from state.domain.information_requests import RequestStep
from state.persistence.audit_trail import record
from state.persistence.models.information_requests import InformationRequestRow, InformationStepRow


def locked_request(
    session: Session, reference: str, organisation_id: int | None = None
) -> InformationRequestRow | None:
    """The request, which nobody else changes meanwhile; of that company where one is given."""
    wanted = select(InformationRequestRow).where(InformationRequestRow.reference == reference)
    if organisation_id is not None:
        wanted = wanted.where(InformationRequestRow.organisation_id == organisation_id)
    return session.exec(wanted.with_for_update()).first()


def note_step(  # noqa: PLR0913  # who did what about which, in which words, by when, when
    session: Session,
    row: InformationRequestRow,
    *,
    actor: Actor,
    what: RequestStep,
    said: str,
    now: datetime,
    due_on: date | None = None,
    files: int = 0,
) -> None:
    """Add what was done, and its entry in the audit trail."""
    row.updated_at, row.row_version = now, row.row_version + 1
    session.add(row)
    session.add(
        InformationStepRow(
            request_id=row.id or 0,
            person_id=actor.person_id or 0,
            what=what,
            said=said,
            due_on=due_on,
            through=actor.through[:80],
            created_at=now,
            updated_at=now,
        )
    )
    record(
        session,
        actor=actor,
        event=f"information.{what}",
        subject=row.reference,
        organisation_id=row.organisation_id,
        now=now,
        status=row.status,
        due_on=row.due_on,
        files=files,
    )

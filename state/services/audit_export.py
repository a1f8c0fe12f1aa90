"""The audit trail as a file: everybody's for those who read it all, a company's own for it."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.audit_search import AuditSearch
from state.domain.permissions import Permission
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.organisation import OrganisationRow
from state.persistence.queries.audit_entries import conditions, names_of_actors
from state.persistence.transaction import reading

COLUMNS = ("entry", "at", "actor", "name", "company", "event", "subject", "details", "seal")
"""What a row of the file holds, all of it text but the number of the entry."""

Row = tuple[int, str, str, str, str, str, str, str, str]

_BATCH = 2_000


def audit_rows(*, actor: Actor, wanted: AuditSearch) -> Iterator[list[Row]]:
    """The entries of a search, the oldest first, in batches: no picture is held while they go.

    Raises:
        NotAllowedError: At once, before anything is read.
    """
    actor.require(Permission.AUDIT_VIEW_ALL)
    return _batches(replace(wanted, organisation_id=None))


def _batches(wanted: AuditSearch) -> Iterator[list[Row]]:
    last = 0
    while True:
        with reading() as session:
            rows = session.exec(
                select(AuditEntryRow)
                .where(*conditions(session, wanted), col(AuditEntryRow.sequence) > last)
                .order_by(col(AuditEntryRow.sequence))
                .limit(_BATCH)
            ).all()
            batch = _in_text(session, list(rows))
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def _in_text(session: Session, rows: list[AuditEntryRow]) -> list[Row]:
    names = names_of_actors(session, {row.actor for row in rows})
    companies = dict(
        session.exec(
            select(OrganisationRow.id, OrganisationRow.legal_name).where(
                col(OrganisationRow.id).in_({row.organisation_id for row in rows})
            )
        ).all()
    )
    return [
        (
            row.sequence,
            row.at.isoformat(),
            row.actor,
            names.get(row.actor, ""),
            companies.get(row.organisation_id, ""),
            row.event,
            row.subject,
            row.details,
            row.seal,
        )
        for row in rows
    ]

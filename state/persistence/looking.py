"""Looking at a company's pages as it sees them: held on the session, and over when it is over."""

from datetime import datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.permissions import Capacity, StaffRole
from state.persistence.audit_trail import record
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import PersonRow, UserSessionRow


def looked_at(session: Session, row: UserSessionRow, now: datetime) -> OrganisationRow | None:
    """The company that the session looks at now."""
    if row.looking_at is None or row.looking_until is None or row.looking_until <= now:
        return None
    return session.get(OrganisationRow, row.looking_at)


def looker_of(
    person: PersonRow,
    row: UserSessionRow,
    company: OrganisationRow,
    roles: frozenset[StaffRole],
    now: datetime,
) -> Actor:
    """A member of staff as a viewer of the company who changes nothing."""
    return Actor(
        kind="person",
        name=person.name,
        person_id=row.person_id,
        session_id=row.id,
        organisation_id=company.id,
        capacity=Capacity.VIEWER,
        staff_roles=roles,
        method=row.method,
        looking_only=True,
        on=now.date(),
    )


def end_look(session: Session, actor: Actor, row: UserSessionRow, why: str, now: datetime) -> None:
    """Look no more, and say so in the trail of the company; nothing where nobody looks."""
    if row.looking_at is None:
        return
    company = session.get_one(OrganisationRow, row.looking_at)
    record(
        session,
        actor=actor,
        event="view_as.ended",
        subject=company.public_id,
        organisation_id=company.id,
        now=now,
        who=f"person:{row.person_id}",
        why=why,
    )
    row.looking_at = row.looking_until = row.looking_reason = None
    session.add(row)

"""The companies that a person may act for, and choosing one of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain.actor import Actor, Authorisation, NotAllowedError
from state.domain.permissions import Capacity, Permission
from state.persistence.audit_trail import record
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import MembershipRow, UserSessionRow
from state.persistence.queries.who_may import authorisations_of, capacity_of
from state.persistence.transaction import reading, transaction


@dataclass(frozen=True, slots=True)
class Company:
    """A company that a person may act for."""

    organisation_id: int
    public_id: str
    name: str
    capacity: Capacity
    authorisations: frozenset[Authorisation] = frozenset()


def companies_of(*, actor: Actor, now: datetime) -> tuple[Company, ...]:
    """The companies that the actor may act for, by name."""
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        return companies_in(session, _person_id(actor), now)


def choose_company(*, actor: Actor, public_id: str, now: datetime) -> Company:
    """Act for one of the actor's companies from now on.

    Raises:
        NotAllowedError: The actor does not belong to that company.
    """
    actor.require(Permission.SESSION_OWN)
    actor.require_not_looking()
    with transaction() as session:
        theirs = companies_in(session, _person_id(actor), now)
        chosen = next((company for company in theirs if company.public_id == public_id), None)
        row = session.get(UserSessionRow, actor.session_id)
        if chosen is None or row is None:
            raise NotAllowedError("You do not act for that company.")
        row.organisation_id = chosen.organisation_id
        session.add(row)
        record(
            session,
            actor=actor,
            event="session.company.chosen",
            subject=public_id,
            organisation_id=chosen.organisation_id,
            now=now,
        )
        return chosen


def companies_in(session: Session, person_id: int, now: datetime) -> tuple[Company, ...]:
    """The companies of a person on the day, by name, inside a picture that the caller holds."""
    rows = session.exec(
        select(MembershipRow, OrganisationRow)
        .join(OrganisationRow, col(OrganisationRow.id) == col(MembershipRow.organisation_id))
        .where(
            MembershipRow.person_id == person_id,
            MembershipRow.since <= now.date(),
            (col(MembershipRow.until).is_(None)) | (col(MembershipRow.until) >= now.date()),
        )
        .order_by(OrganisationRow.legal_name)
    ).all()
    return tuple(_company(session, membership, company, now) for membership, company in rows)


def _company(
    session: Session, membership: MembershipRow, organisation: OrganisationRow, now: datetime
) -> Company:
    held = authorisations_of(session, membership.id, now.date())
    return Company(
        organisation_id=membership.organisation_id,
        public_id=organisation.public_id,
        name=organisation.legal_name,
        capacity=capacity_of(membership.kind, held),
        authorisations=held,
    )


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person may do this.")
    return actor.person_id

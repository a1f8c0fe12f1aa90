"""The sign-in page: whom the development sign-in offers."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import (
    AuthorisationRow,
    ExternalIdentityRow,
    MembershipRow,
    PersonRow,
    StaffRoleRow,
)
from state.persistence.transaction import reading
from state.services.sessions import DEVELOPMENT_ISSUER, WAYS_IN


@dataclass(frozen=True, slots=True)
class PersonToChoose:
    """One person of the demo market: (company, what they are there) each, and staff roles."""

    subject: str
    name: str
    companies: tuple[tuple[str, str], ...]
    staff_roles: tuple[str, ...]


def people_to_choose(*, actor: Actor) -> tuple[PersonToChoose, ...]:
    """The people of the demo market, for the development sign-in; nobody where it is shut."""
    actor.require(Permission.SIGN_IN)
    if not WAYS_IN.development:
        return ()
    with reading() as session:
        people = session.exec(
            select(PersonRow, ExternalIdentityRow.subject)
            .join(ExternalIdentityRow, col(ExternalIdentityRow.person_id) == col(PersonRow.id))
            .where(ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER, PersonRow.status == "active")
            .order_by(col(PersonRow.id))
        ).all()
        return tuple(_to_choose(session, person, subject) for person, subject in people)


def own_subject(*, actor: Actor) -> str:
    """Whom of the demo market the actor is; empty where they came in another way."""
    actor.require(Permission.SESSION_OWN)
    if not WAYS_IN.development:
        return ""
    with reading() as session:
        known = session.exec(
            select(ExternalIdentityRow.subject).where(
                ExternalIdentityRow.issuer == DEVELOPMENT_ISSUER,
                ExternalIdentityRow.person_id == actor.person_id,
            )
        ).first()
        return known or ""


def _to_choose(session: Session, person: PersonRow, subject: str) -> PersonToChoose:
    companies = session.exec(
        select(MembershipRow, OrganisationRow.legal_name)
        .join(OrganisationRow, col(MembershipRow.organisation_id) == col(OrganisationRow.id))
        .where(MembershipRow.person_id == person.id)
        .order_by(OrganisationRow.legal_name)
    ).all()
    roles = session.exec(
        select(StaffRoleRow.role)
        .where(StaffRoleRow.person_id == person.id)
        .order_by(StaffRoleRow.role)
    ).all()
    acts_for = tuple((name, _acts_as(session, membership)) for membership, name in companies)
    return PersonToChoose(subject, person.name, acts_for, tuple(roles))


def _acts_as(session: Session, membership: MembershipRow) -> str:
    letters = session.exec(
        select(AuthorisationRow.category)
        .where(AuthorisationRow.membership_id == membership.id)
        .order_by(AuthorisationRow.category)
    ).all()
    return " ".join(f"Category {letter}" for letter in letters) or membership.kind.capitalize()

"""One person, as staff who look after people see them: where they act and are signed in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from state.domain.actor import Actor
from state.domain.browsers import browser_words
from state.domain.capacity_words import capacity_words
from state.domain.permissions import Permission, StaffRole
from state.persistence.members import SUSPENDED, person_row
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import (
    ExternalIdentityRow,
    MembershipRow,
    PersonRow,
    StaffRoleRow,
    UserSessionRow,
)
from state.persistence.queries.open_sign_ins import open_sign_ins_of
from state.persistence.queries.who_may import authorisations_of, capacity_of
from state.persistence.transaction import reading


@dataclass(frozen=True, slots=True)
class CompanyOfPerson:
    """What the person is or was for one company."""

    public_id: str
    name: str
    is_what: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class BrowserOfPerson:
    """One browser in which they are signed in now."""

    browser: str
    factors: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class RoleOfPerson:
    """What they are for the operator."""

    role: StaffRole
    since: date


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """All that staff see of a person."""

    public_id: str
    name: str
    email: str
    is_suspended: bool
    is_me: bool
    may_suspend: bool
    last_seen_at: datetime | None
    issuers: tuple[str, ...]
    companies: tuple[CompanyOfPerson, ...]
    sign_ins: tuple[BrowserOfPerson, ...]
    roles: tuple[RoleOfPerson, ...]


def person_to_see(*, actor: Actor, public_id: str, now: datetime) -> SeenPerson:
    """One person.

    Raises:
        NotAllowedError: There is none such.
    """
    actor.require(Permission.PEOPLE_VIEW)
    with reading() as session:
        row = person_row(session, public_id)
        roles = _roles(session, row, now.date())
        browsers = open_sign_ins_of(session, row.id, is_staff=bool(roles), now=now)
        return SeenPerson(
            public_id=row.public_id,
            name=row.name,
            email=row.email,
            is_suspended=row.status == SUSPENDED,
            is_me=row.id == actor.person_id,
            may_suspend=actor.may(Permission.PEOPLE_SUSPEND) and row.id != actor.person_id,
            last_seen_at=session.exec(
                select(func.max(UserSessionRow.seen_at)).where(UserSessionRow.person_id == row.id)
            ).one(),
            issuers=tuple(
                session.exec(
                    select(ExternalIdentityRow.issuer).where(
                        ExternalIdentityRow.person_id == row.id
                    )
                )
            ),
            companies=_companies(session, row, now.date()),
            sign_ins=tuple(
                BrowserOfPerson(browser_words(one.client), one.factors, one.began_at, one.seen_at)
                for one in browsers
            ),
            roles=roles,
        )


def _roles(session: Session, row: PersonRow, today: date) -> tuple[RoleOfPerson, ...]:
    rows = session.exec(
        select(StaffRoleRow)
        .where(
            StaffRoleRow.person_id == row.id,
            col(StaffRoleRow.until).is_(None) | (col(StaffRoleRow.until) >= today),
        )
        .order_by(StaffRoleRow.role)
    ).all()
    return tuple(RoleOfPerson(StaffRole(one.role), one.since) for one in rows)


def _companies(session: Session, row: PersonRow, today: date) -> tuple[CompanyOfPerson, ...]:
    rows = session.exec(
        select(MembershipRow, OrganisationRow)
        .join(OrganisationRow, col(OrganisationRow.id) == col(MembershipRow.organisation_id))
        .where(MembershipRow.person_id == row.id)
        .order_by(OrganisationRow.legal_name)
    ).all()
    found = []
    for membership, company in rows:
        held = authorisations_of(session, membership.id, today)
        found.append(
            CompanyOfPerson(
                public_id=company.public_id,
                name=company.legal_name,
                is_what=capacity_words(capacity_of(membership.kind, held), held, today),
                since=membership.since,
                until=membership.until,
            )
        )
    return tuple(found)

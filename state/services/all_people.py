"""The people and the companies of the whole market, found by staff who look after them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence.members import category_a_of, in_force
from state.persistence.models.organisation import OrganisationRow, ParticipantRow
from state.persistence.models.person import (
    MembershipRow,
    PersonRow,
    StaffRoleRow,
    UserSessionRow,
)
from state.persistence.transaction import reading

MOST_FOUND: Final = 50
"""How many of each are shown; whoever looks for another says more of them."""

_LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """One person."""

    public_id: str
    name: str
    email: str
    companies: tuple[str, ...]
    is_staff: bool
    is_suspended: bool
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """One company; without a Category A its first people are invited by staff."""

    public_id: str
    name: str
    party_ids: tuple[str, ...]
    people: int
    has_category_a: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Those shown, and how many there are."""

    people: tuple[FoundPerson, ...]
    people_total: int
    companies: tuple[FoundCompany, ...]
    companies_total: int


def find_people(*, actor: Actor, search: str, now: datetime) -> Found:
    """Whoever has the search in their name or address, or acts for a company that has."""
    actor.require(Permission.PEOPLE_VIEW)
    wanted = search.strip()[:_LONGEST_SEARCH]
    with reading() as session:
        companies = [] if not wanted else [_named_so(wanted)]
        people = [] if not wanted else [_called_so(wanted)]
        found = session.exec(
            select(PersonRow).where(*people).order_by(PersonRow.name).limit(MOST_FOUND)
        ).all()
        theirs = session.exec(
            select(OrganisationRow)
            .where(*companies)
            .order_by(OrganisationRow.legal_name)
            .limit(MOST_FOUND)
        ).all()
        return Found(
            people=tuple(_person(session, row, now.date()) for row in found),
            people_total=_count(session, PersonRow, people),
            companies=tuple(_company(session, row, now.date()) for row in theirs),
            companies_total=_count(session, OrganisationRow, companies),
        )


def _named_so(wanted: str) -> ColumnElement[bool]:
    party = select(ParticipantRow.organisation_id).where(
        col(ParticipantRow.party_id).icontains(wanted, autoescape=True)
    )
    return or_(
        col(OrganisationRow.legal_name).icontains(wanted, autoescape=True),
        col(OrganisationRow.id).in_(party),
    )


def _called_so(wanted: str) -> ColumnElement[bool]:
    theirs = (
        select(MembershipRow.person_id)
        .join(OrganisationRow, col(OrganisationRow.id) == col(MembershipRow.organisation_id))
        .where(_named_so(wanted))
    )
    return or_(
        col(PersonRow.name).icontains(wanted, autoescape=True),
        col(PersonRow.email).icontains(wanted, autoescape=True),
        col(PersonRow.id).in_(theirs),
    )


def _count(
    session: Session, kind: type[PersonRow | OrganisationRow], wanted: list[ColumnElement[bool]]
) -> int:
    return session.exec(select(func.count()).select_from(kind).where(*wanted)).one()


def _person(session: Session, row: PersonRow, today: date) -> FoundPerson:
    companies = session.exec(
        select(OrganisationRow.legal_name)
        .join(MembershipRow, col(MembershipRow.organisation_id) == col(OrganisationRow.id))
        .where(MembershipRow.person_id == row.id, *in_force(MembershipRow, today))
        .order_by(OrganisationRow.legal_name)
    ).all()
    roles = session.exec(
        select(StaffRoleRow.id).where(
            StaffRoleRow.person_id == row.id,
            col(StaffRoleRow.until).is_(None) | (col(StaffRoleRow.until) >= today),
        )
    ).first()
    last = session.exec(
        select(func.max(UserSessionRow.seen_at)).where(UserSessionRow.person_id == row.id)
    ).one()
    return FoundPerson(
        public_id=row.public_id,
        name=row.name,
        email=row.email,
        companies=tuple(companies),
        is_staff=roles is not None,
        is_suspended=row.status != "active",
        last_seen_at=last,
    )


def _company(session: Session, row: OrganisationRow, today: date) -> FoundCompany:
    assert row.id is not None  # noqa: S101  # it was read
    parties = session.exec(
        select(ParticipantRow.party_id).where(ParticipantRow.organisation_id == row.id)
    ).all()
    people = session.exec(
        select(func.count())
        .select_from(MembershipRow)
        .where(MembershipRow.organisation_id == row.id, *in_force(MembershipRow, today))
    ).one()
    return FoundCompany(
        public_id=row.public_id,
        name=row.legal_name,
        party_ids=tuple(parties),
        people=people,
        has_category_a=bool(category_a_of(session, row.id, today)),
    )

"""Who has or had access for a company, as all of it sees them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from state.domain.access import capacity_of, confirmed_again_by
from state.domain.actor import Actor, Authorisation
from state.domain.capacity_words import capacity_words
from state.domain.permissions import Permission
from state.persistence.members import in_force
from state.persistence.models.person import (
    AuthorisationRow,
    MembershipRow,
    PersonRow,
    UserSessionRow,
)
from state.persistence.transaction import reading

_SEE_ADDRESSES = (Permission.PEOPLE_VIEW, Permission.ACCESS_GRANT)


@dataclass(frozen=True, slots=True)
class PersonWithAccess:
    """One person of the company, now or once."""

    public_id: str
    name: str
    email: str
    kind: str
    is_what: str
    since: date
    until: date | None
    has_ended: bool
    last_seen_at: datetime | None
    has_second_factor: bool
    confirmed_on: date | None
    is_overdue: bool
    is_me: bool
    is_suspended: bool


def people_of(*, actor: Actor, organisation_id: int, now: datetime) -> tuple[PersonWithAccess, ...]:
    """Everyone who has or had access for the company, by name."""
    actor.require(Permission.ACCESS_VIEW, organisation_id)
    with reading() as session:
        return people_in(session, actor, organisation_id, now)


def people_in(
    session: Session, actor: Actor, organisation_id: int, now: datetime
) -> tuple[PersonWithAccess, ...]:
    """The same, inside a picture that the caller holds."""
    rows = session.exec(
        select(MembershipRow, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
        .where(MembershipRow.organisation_id == organisation_id)
        .order_by(PersonRow.name)
    ).all()
    return tuple(_person(session, actor, row, person, now) for row, person in rows)


def _person(
    session: Session, actor: Actor, row: MembershipRow, person: PersonRow, now: datetime
) -> PersonWithAccess:
    today = now.date()
    held = frozenset(
        Authorisation(one.category, one.role_code)
        for one in session.exec(
            select(AuthorisationRow).where(
                AuthorisationRow.membership_id == row.id, *in_force(AuthorisationRow, today)
            )
        )
    )
    last = session.exec(
        select(UserSessionRow)
        .where(UserSessionRow.person_id == person.id)
        .order_by(col(UserSessionRow.seen_at).desc())
        .limit(1)
    ).first()
    sees_address = any(actor.may(one, row.organisation_id) for one in _SEE_ADDRESSES)
    return PersonWithAccess(
        public_id=person.public_id,
        name=person.name,
        email=person.email if sees_address else "",
        kind=row.kind,
        is_what=capacity_words(capacity_of(row.kind, held), held, today),
        since=row.since,
        until=row.until,
        has_ended=(has_ended := row.until is not None and row.until < today),
        last_seen_at=last.seen_at if last else None,
        has_second_factor=bool(last and last.factors),
        confirmed_on=row.confirmed_on,
        is_overdue=not has_ended
        and confirmed_again_by(row.confirmed_on or row.since, today) < today,
        is_me=person.id == actor.person_id,
        is_suspended=person.status != "active",
    )

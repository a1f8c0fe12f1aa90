"""Being signed in: a session begins, is looked up at each event, changes company and ends."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from state.domain.actor import ANYONE, Actor, Authorisation, NotAllowedError
from state.domain.authorisation_categories import CATEGORY_A
from state.domain.permissions import Capacity, Permission, StaffRole
from state.domain.session_limits import SessionLimits, fresh_for, session_limits
from state.persistence.audit_trail import record
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.person import (
    AuthorisationRow,
    ExternalIdentityRow,
    MembershipRow,
    PersonRow,
    StaffRoleRow,
    UserSessionRow,
)
from state.persistence.transaction import reading, transaction

DEVELOPMENT = "development"
"""How a session began that no identity provider stands behind."""

DEVELOPMENT_ISSUER = "urn:kinnect:dev"
"""The issuer of the people of the demo market."""

_SEEN_EVERY = timedelta(seconds=60)


class UnknownPersonError(Exception):
    """The identity is good, but nobody here is known by it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an identity provider (or the development sign-in) says this is."""

    issuer: str
    subject: str
    method: str
    issuer_session: str | None = None
    factors: str = ""
    name: str = ""
    email: str = ""
    email_is_verified: bool = False


@dataclass(frozen=True, slots=True)
class BegunSession:
    """What the browser keeps: shown once, stored nowhere."""

    secret: str
    companies: int
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Company:
    """A company that a person may act for."""

    organisation_id: int
    public_id: str
    name: str
    capacity: Capacity
    authorisations: frozenset[Authorisation] = frozenset()


@dataclass(frozen=True, slots=True)
class WhoIsHere:
    """The actor behind a session, and the words for them."""

    actor: Actor
    organisation_name: str = ""
    organisation_public_id: str = ""


@dataclass(slots=True)
class WaysIn:
    """How people may sign in to this process. All shut until the doors open one at the start."""

    development: bool = False
    provider: bool = False


WAYS_IN = WaysIn()
"""The ways in that are open now."""

NOBODY = WhoIsHere(ANYONE)
"""No session, or one that has ended."""


def begin_session(*, actor: Actor, identity: Identity, now: datetime) -> BegunSession:
    """Let a known person in. The old session, if any, is ended by the door.

    Raises:
        UnknownPersonError: Nobody here has this issuer and subject.
    """
    actor.require(Permission.SIGN_IN)
    secret = secrets.token_urlsafe(32)
    with transaction() as session:
        person = _known_by(session, identity)
        if person is None or person.id is None:
            raise UnknownPersonError
        companies = _companies(session, person.id, now)
        roles = _staff_roles(session, person.id, now)
        only = companies[0].organisation_id if len(companies) == 1 else None
        session.add(
            UserSessionRow(
                id=session_id_of(secret),
                person_id=person.id,
                organisation_id=only,
                method=identity.method,
                issuer_session=identity.issuer_session,
                factors=identity.factors,
                began_at=now,
                authenticated_at=now,
                seen_at=now,
            )
        )
        who = Actor(kind="person", name=person.name, person_id=person.id, method=identity.method)
        record(session, actor=who, event="session.began", subject=person.public_id, now=now)
        return BegunSession(secret, companies=len(companies), is_staff=bool(roles))


def session_id_of(secret: str) -> str:
    """What is stored for a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def who_is_here(*, session_id: str | None, now: datetime) -> WhoIsHere:
    """The actor behind a session id: the only place where a signed-in actor is made.

    Looked up at every event, so a sign-out, a time-out or a lost membership counts at once.
    A session of the development sign-in is nobody unless that sign-in is on now.
    """
    if not session_id:
        return NOBODY
    with reading() as session:
        row = session.get(UserSessionRow, session_id)
        if row is None or row.ended_at is not None:
            return NOBODY
        if row.method == DEVELOPMENT and not WAYS_IN.development:
            return NOBODY
        roles = _staff_roles(session, row.person_id, now)
        if _timed_out(row, session_limits(is_staff=bool(roles), on=now.date()), now):
            return NOBODY
        found = _who(session, row, roles, now)
    if now - row.seen_at > _SEEN_EVERY:
        _touch(session_id, now)
    return found


def companies_of(*, actor: Actor, now: datetime) -> tuple[Company, ...]:
    """The companies that the actor may act for, by name."""
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        return _companies(session, _person_id(actor), now)


def choose_company(*, actor: Actor, public_id: str, now: datetime) -> Company:
    """Act for one of the actor's companies from now on.

    Raises:
        NotAllowedError: The actor does not belong to that company.
    """
    actor.require(Permission.SESSION_OWN)
    with transaction() as session:
        theirs = _companies(session, _person_id(actor), now)
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


def end_session(*, actor: Actor, now: datetime) -> None:
    """Sign out here; the session can never be used again."""
    actor.require(Permission.SESSION_OWN)
    with transaction() as session:
        row = session.get(UserSessionRow, actor.session_id)
        if row is None or row.ended_at is not None:
            return
        row.ended_at = now
        session.add(row)
        record(session, actor=actor, event="session.ended", subject=actor.reference, now=now)


def _who(
    session: Session, row: UserSessionRow, roles: frozenset[StaffRole], now: datetime
) -> WhoIsHere:
    person = session.get_one(PersonRow, row.person_id)
    theirs = _companies(session, row.person_id, now) if row.organisation_id else ()
    company = next((one for one in theirs if one.organisation_id == row.organisation_id), None)
    return WhoIsHere(
        Actor(
            kind="person",
            name=person.name,
            person_id=row.person_id,
            session_id=row.id,
            organisation_id=company.organisation_id if company else None,
            capacity=company.capacity if company else None,
            authorisations=company.authorisations if company else frozenset(),
            staff_roles=roles,
            method=row.method,
            fresh=now - row.authenticated_at <= fresh_for(now.date()),
            on=now.date(),
        ),
        organisation_name=company.name if company else "",
        organisation_public_id=company.public_id if company else "",
    )


def _timed_out(row: UserSessionRow, limits: SessionLimits, now: datetime) -> bool:
    return now - row.seen_at > limits.idle or now - row.began_at > limits.absolute


def _touch(session_id: str, now: datetime) -> None:
    with transaction() as session:
        row = session.get(UserSessionRow, session_id)
        if row is not None and row.ended_at is None:
            row.seen_at = max(row.seen_at, now)
            session.add(row)


def _companies(session: Session, person_id: int, now: datetime) -> tuple[Company, ...]:
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
    held = _authorisations(session, membership, now)
    return Company(
        organisation_id=membership.organisation_id,
        public_id=organisation.public_id,
        name=organisation.legal_name,
        capacity=_capacity(membership.kind, held),
        authorisations=held,
    )


def _capacity(kind: str, held: frozenset[Authorisation]) -> Capacity:
    """What a member is: a signatory is what their categories make of them, today."""
    if kind != Capacity.SIGNATORY:
        return Capacity(kind)
    if Authorisation(CATEGORY_A) in held:
        return Capacity.CATEGORY_A
    return Capacity.SIGNATORY if held else Capacity.VIEWER


def _authorisations(
    session: Session, membership: MembershipRow, now: datetime
) -> frozenset[Authorisation]:
    rows = session.exec(
        select(AuthorisationRow).where(
            AuthorisationRow.membership_id == membership.id,
            AuthorisationRow.since <= now.date(),
            (col(AuthorisationRow.until).is_(None)) | (col(AuthorisationRow.until) >= now.date()),
        )
    ).all()
    return frozenset(Authorisation(row.category, row.role_code) for row in rows)


def _known_by(session: Session, identity: Identity) -> PersonRow | None:
    """The person of an issuer and subject, if nobody has suspended them."""
    return session.exec(
        select(PersonRow)
        .join(ExternalIdentityRow, col(ExternalIdentityRow.person_id) == col(PersonRow.id))
        .where(
            ExternalIdentityRow.issuer == identity.issuer,
            ExternalIdentityRow.subject == identity.subject,
            PersonRow.status == "active",
        )
    ).first()


def _staff_roles(session: Session, person_id: int, now: datetime) -> frozenset[StaffRole]:
    rows = session.exec(
        select(StaffRoleRow.role).where(
            StaffRoleRow.person_id == person_id,
            StaffRoleRow.since <= now.date(),
            (col(StaffRoleRow.until).is_(None)) | (col(StaffRoleRow.until) >= now.date()),
        )
    ).all()
    return frozenset(StaffRole(role) for role in rows)


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("Only a person may do this.")
    return actor.person_id

"""Being signed in: a session begins, is looked up at each event, is made fresh again and ends."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from state.domain.actor import ANYONE, Actor
from state.domain.permissions import Permission, StaffRole
from state.domain.session_limits import SessionLimits, fresh_for, session_limits
from state.persistence.audit_trail import record
from state.persistence.known_browsers import is_new_browser, tell_of_new_browser
from state.persistence.looking import end_look, looked_at, looker_of
from state.persistence.models.person import (
    ExternalIdentityRow,
    PersonRow,
    UserSessionRow,
)
from state.persistence.queries.who_may import staff_roles_of
from state.persistence.transaction import reading, transaction
from state.services.choose_company import companies_in

DEVELOPMENT = "development"
"""How a session began that no identity provider stands behind."""

DEVELOPMENT_ISSUER = "urn:kinnect:dev"
"""The issuer of the people of the demo market."""

_SEEN_EVERY = timedelta(seconds=60)
_LONGEST_CLIENT = 200


class UnknownPersonError(Exception):
    """The identity is good, but nobody here is known by it."""


class AnotherPersonError(Exception):
    """Somebody else signed in where the person of the session was to do so again."""


class WeakFactorError(Exception):
    """Staff need a factor that no false page can ask them for, and signed in without one."""


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
    id_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BegunSession:
    """What the browser keeps: shown once, stored nowhere."""

    secret: str
    companies: int
    is_staff: bool


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
    staff_factors: frozenset[str] = frozenset()

    def fit_for_staff(self, method: str, factors: str) -> bool:
        """Whether one of the factors is one that staff need; any is while none is named."""
        if not self.staff_factors or method == DEVELOPMENT:
            return True
        return not self.staff_factors.isdisjoint(factors.split())


WAYS_IN = WaysIn()
"""The ways in that are open now."""

NOBODY = WhoIsHere(ANYONE)
"""No session, or one that has ended."""


def begin_session(
    *, actor: Actor, identity: Identity, now: datetime, client: str = ""
) -> BegunSession:
    """Let a known person in; `client` is what their browser calls itself.

    Raises:
        UnknownPersonError: Nobody here has this issuer and subject.
        WeakFactorError: A member of staff without a factor that staff need.
    """
    actor.require(Permission.SIGN_IN)
    secret = secrets.token_urlsafe(32)
    with transaction() as session:
        person = _known_by(session, identity)
        if person is None or person.id is None:
            raise UnknownPersonError
        roles = staff_roles_of(session, person.id, now.date())
        if roles and not WAYS_IN.fit_for_staff(identity.method, identity.factors):
            raise WeakFactorError
        companies = companies_in(session, person.id, now)
        only = companies[0].organisation_id if len(companies) == 1 else None
        is_new = is_new_browser(session, person.id, client)
        tell_of_new_browser(session, person.id, client, now)
        row = UserSessionRow(
            id=session_id_of(secret),
            person_id=person.id,
            organisation_id=only,
            method=identity.method,
            client=client[:_LONGEST_CLIENT],
            began_at=now,
            authenticated_at=now,
            seen_at=now,
        )
        session.add(_signed_in_by(row, identity))
        record(
            session,
            actor=Actor("person", person.name, person_id=person.id, method=identity.method),
            event="session.began",
            subject=person.public_id,
            now=now,
            new_client=is_new,
        )
        return BegunSession(secret, companies=len(companies), is_staff=bool(roles))


def renew_session(*, actor: Actor, identity: Identity, now: datetime) -> BegunSession:
    """The same person signed in again: their session goes on, fresh, under another secret.

    Raises:
        AnotherPersonError: Whoever signed in is not the person of the session.
        WeakFactorError: A member of staff without a factor that staff need.
    """
    actor.require(Permission.SESSION_OWN)
    secret = secrets.token_urlsafe(32)
    with transaction() as session:
        person = _known_by(session, identity)
        old = session.get(UserSessionRow, actor.session_id)
        if person is None or old is None or old.ended_at or person.id != old.person_id:
            raise AnotherPersonError
        if actor.staff_roles and not WAYS_IN.fit_for_staff(identity.method, identity.factors):
            raise WeakFactorError
        kept = old.model_dump(include={"person_id", "organisation_id", "client", "began_at"})
        fresh = UserSessionRow(
            id=session_id_of(secret),
            method=identity.method,
            authenticated_at=now,
            seen_at=now,
            **kept,
        )
        session.add(_signed_in_by(fresh, identity))
        _end(session, old, now)
        record(session, actor=actor, event="session.renewed", subject=person.public_id, now=now)
        companies = companies_in(session, old.person_id, now)
        return BegunSession(secret, companies=len(companies), is_staff=bool(actor.staff_roles))


def session_id_of(secret: str) -> str:
    """What is stored for a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def who_is_here(*, session_id: str | None, now: datetime, is_activity: bool = True) -> WhoIsHere:
    """The actor behind a session id: the only place where a signed-in actor is made.

    What a page asks by itself is no activity, and does not keep a session from resting.
    Looked up at every event, so a sign-out, a time-out or a lost membership counts at once.
    A session of the development sign-in is nobody unless that sign-in is on now.
    """
    if not session_id:
        return NOBODY
    with reading() as session:
        row = session.get(UserSessionRow, session_id)
        if row is None or row.ended_at is not None:
            return NOBODY
        if session.get_one(PersonRow, row.person_id).status != "active":
            return NOBODY
        if row.method == DEVELOPMENT and not WAYS_IN.development:
            return NOBODY
        roles = staff_roles_of(session, row.person_id, now.date())
        if not WAYS_IN.fit_for_staff(row.method, row.factors):
            roles = frozenset()
        if _timed_out(row, session_limits(is_staff=bool(roles), on=now.date()), now):
            return NOBODY
        found = _who(session, row, roles, now)
    if is_activity and now - row.seen_at > _SEEN_EVERY:
        _touch(session_id, now)
    return found


def end_session(*, actor: Actor, now: datetime) -> str:
    """Sign out here; the session can never be used again. Gives the ID token that it began with."""
    actor.require(Permission.SESSION_OWN)
    with transaction() as session:
        row = session.get(UserSessionRow, actor.session_id)
        if row is None or row.ended_at is not None:
            return ""
        id_token = row.id_token
        end_look(session, actor, row, "signed out", now)
        _end(session, row, now)
        record(session, actor=actor, event="session.ended", subject=actor.reference, now=now)
        return id_token


def _who(
    session: Session, row: UserSessionRow, roles: frozenset[StaffRole], now: datetime
) -> WhoIsHere:
    person = session.get_one(PersonRow, row.person_id)
    if (looked := looked_at(session, row, now)) is not None:
        looker = looker_of(person, row, looked, roles, now)
        if looker.may(Permission.CUSTOMER_VIEW_AS):
            return WhoIsHere(looker, looked.legal_name, looked.public_id)
    theirs = companies_in(session, row.person_id, now) if row.organisation_id else ()
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


def _signed_in_by(row: UserSessionRow, identity: Identity) -> UserSessionRow:
    """What the provider said at this sign-in, on the row of the session."""
    row.issuer_session = identity.issuer_session
    row.factors = identity.factors
    row.id_token = identity.id_token
    return row


def _end(session: Session, row: UserSessionRow, now: datetime) -> None:
    """Over for good; the ID token was kept for the sign-out alone."""
    row.ended_at, row.id_token = now, ""
    session.add(row)


def _timed_out(row: UserSessionRow, limits: SessionLimits, now: datetime) -> bool:
    return now - row.seen_at > limits.idle or now - row.began_at > limits.absolute


def _touch(session_id: str, now: datetime) -> None:
    with transaction() as session:
        row = session.get(UserSessionRow, session_id)
        if row is not None and row.ended_at is None:
            row.seen_at = max(row.seen_at, now)
            session.add(row)


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

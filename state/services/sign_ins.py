"""A person's own sign-ins: where they are signed in, until when, and ending any of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from state.domain.actor import Actor, NotSignedInError
from state.domain.browsers import browser_words
from state.domain.permissions import Permission
from state.domain.session_limits import session_limits
from state.persistence.audit_trail import record
from state.persistence.models.person import UserSessionRow
from state.persistence.queries.open_sign_ins import open_sign_ins_of
from state.persistence.transaction import reading, transaction

_REFERENCE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class SignIn:
    """One browser that is signed in. The reference names it and opens nothing."""

    reference: str
    browser: str
    factors: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """When this sign-in ends: if the browser rests, and however busy it is."""

    idle_at: datetime
    absolute_at: datetime


def open_sign_ins(*, actor: Actor, now: datetime) -> tuple[SignIn, ...]:
    """Where the actor is signed in now: this browser first, then by when each was last seen."""
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        found = [_shown(row, actor) for row in _open_rows(session, actor, now)]
    return tuple(sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp())))


def end_sign_in(*, actor: Actor, reference: str, now: datetime) -> None:
    """End one of the actor's own sign-ins; a reference of nobody's or another's ends nothing."""
    actor.require(Permission.SESSION_OWN)
    with transaction() as session:
        for row in _open_rows(session, actor, now):
            if row.id[:_REFERENCE_LENGTH] == reference:
                _end(session, row, now)
                record(
                    session,
                    actor=actor,
                    event="session.ended",
                    subject=actor.reference,
                    now=now,
                    where="elsewhere" if row.id != actor.session_id else "here",
                )


def end_every_sign_in(*, actor: Actor, now: datetime) -> int:
    """Sign the actor out everywhere, here too; gives of how many browsers."""
    actor.require(Permission.SESSION_OWN)
    with transaction() as session:
        rows = _open_rows(session, actor, now)
        for row in rows:
            _end(session, row, now)
        record(
            session,
            actor=actor,
            event="session.all_ended",
            subject=actor.reference,
            now=now,
            sessions=len(rows),
        )
        return len(rows)


def session_end(*, actor: Actor, now: datetime) -> SessionEnd:
    """When the actor's sign-in here ends. To ask is no activity.

    Raises:
        NotSignedInError: It has ended already.
    """
    actor.require(Permission.SESSION_OWN)
    with reading() as session:
        row = session.get(UserSessionRow, actor.session_id)
        if row is None or row.ended_at is not None:
            raise NotSignedInError("You are signed out.")
        limits = session_limits(is_staff=bool(actor.staff_roles), on=now.date())
        return SessionEnd(row.seen_at + limits.idle, row.began_at + limits.absolute)


def _open_rows(session: Session, actor: Actor, now: datetime) -> list[UserSessionRow]:
    is_staff = bool(actor.staff_roles)
    return open_sign_ins_of(session, actor.person_id, is_staff=is_staff, now=now)


def _end(session: Session, row: UserSessionRow, now: datetime) -> None:
    row.ended_at, row.id_token = now, ""
    session.add(row)


def _shown(row: UserSessionRow, actor: Actor) -> SignIn:
    return SignIn(
        reference=row.id[:_REFERENCE_LENGTH],
        browser=browser_words(row.client),
        factors=row.factors,
        began_at=row.began_at,
        seen_at=row.seen_at,
        is_this=row.id == actor.session_id,
    )

"""What the identity provider tells us unasked: a person is signed out there, so they are here."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.persistence.audit_trail import record
from state.persistence.models.person import (
    ExternalIdentityRow,
    PersonRow,
    SpentNoticeRow,
    UserSessionRow,
)
from state.persistence.transaction import transaction
from state.services.sessions import DEVELOPMENT

THE_PROVIDER: Final = Actor(kind="provider", name="The identity provider")
"""Whoever proved to be the provider: it may do no more than anyone, and to sign out is that."""

_REMEMBERED: Final = timedelta(minutes=15)


class SpentNoticeError(Exception):
    """The notice was obeyed before."""


class NobodyMeantError(Exception):
    """Nobody here is known as the person that the notice names."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom it means: all that is given must fit. The key is the provider's own, used once."""

    issuer: str
    key: str
    subject: str = ""
    issuer_session: str = ""
    email: str = ""


def obey_notice(*, actor: Actor, notice: Notice, now: datetime) -> int:
    """End the sessions that a proven notice means; gives how many.

    Raises:
        SpentNoticeError: It came a second time.
        NobodyMeantError: It names nobody that is known here.
    """
    actor.require(Permission.SIGN_IN)
    try:
        with transaction() as session:
            _spend(session, notice, now)
            meant = _meant(session, notice)
            if not meant:
                raise NobodyMeantError
            return sum(_end_sessions(session, actor, person, notice, now) for person in meant)
    except IntegrityError as raced:
        raise SpentNoticeError("spent") from raced


def _spend(session: Session, notice: Notice, now: datetime) -> None:
    session.exec(delete(SpentNoticeRow).where(col(SpentNoticeRow.expires_at) < now))
    key = hashlib.sha256(f"{notice.issuer}\n{notice.key}".encode()).hexdigest()
    if session.get(SpentNoticeRow, key) is not None:
        raise SpentNoticeError("spent")
    session.add(SpentNoticeRow(key=key, expires_at=now + _REMEMBERED))
    session.flush()


def _meant(session: Session, notice: Notice) -> list[PersonRow]:
    wanted = (
        select(PersonRow)
        .join(ExternalIdentityRow, col(ExternalIdentityRow.person_id) == col(PersonRow.id))
        .where(ExternalIdentityRow.issuer == notice.issuer)
        .distinct()
    )
    if notice.subject:
        wanted = wanted.where(ExternalIdentityRow.subject == notice.subject)
    if notice.email:
        wanted = wanted.where(func.lower(PersonRow.email) == notice.email.lower())
    if notice.issuer_session:
        wanted = wanted.join(
            UserSessionRow, col(UserSessionRow.person_id) == col(PersonRow.id)
        ).where(UserSessionRow.issuer_session == notice.issuer_session)
    return list(session.exec(wanted).all())


def _end_sessions(
    session: Session, actor: Actor, person: PersonRow, notice: Notice, now: datetime
) -> int:
    wanted = select(UserSessionRow).where(
        UserSessionRow.person_id == person.id,
        UserSessionRow.method != DEVELOPMENT,
        col(UserSessionRow.ended_at).is_(None),
    )
    if notice.issuer_session:
        wanted = wanted.where(UserSessionRow.issuer_session == notice.issuer_session)
    rows = session.exec(wanted).all()
    for row in rows:
        row.ended_at, row.id_token = now, ""
        session.add(row)
    record(
        session,
        actor=actor,
        event="session.ended_by_provider",
        subject=person.public_id,
        now=now,
        sessions=len(rows),
    )
    return len(rows)

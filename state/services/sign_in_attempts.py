"""Sign-ins under way at the identity provider, kept until they come back or ten minutes pass."""

from datetime import datetime, timedelta

from sqlmodel import col, delete

from state.domain.actor import ANYONE, Actor
from state.domain.permissions import Permission
from state.persistence.models.person import SignInAttemptRow
from state.persistence.transaction import reading, transaction


def remember(
    *, actor: Actor = ANYONE, key: str, data: str, now: datetime, lasts: timedelta
) -> None:
    """Keep what belongs to a sign-in; what has run out is swept away at the same time."""
    actor.require(Permission.SIGN_IN)
    with transaction() as session:
        session.exec(delete(SignInAttemptRow).where(col(SignInAttemptRow.expires_at) < now))
        session.merge(SignInAttemptRow(key=key, data=data, expires_at=now + lasts))


def recall(*, actor: Actor = ANYONE, key: str, now: datetime) -> str | None:
    """What was kept, unless its time has run out."""
    actor.require(Permission.SIGN_IN)
    with reading() as session:
        row = session.get(SignInAttemptRow, key)
        return row.data if row is not None and row.expires_at > now else None


def forget(*, actor: Actor = ANYONE, key: str) -> None:
    """It has come back: it cannot come back again."""
    actor.require(Permission.SIGN_IN)
    with transaction() as session:
        session.exec(delete(SignInAttemptRow).where(col(SignInAttemptRow.key) == key))

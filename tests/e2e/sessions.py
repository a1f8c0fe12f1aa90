"""Sessions as the record holds them: how a test makes time pass for one person."""

from datetime import timedelta

from sqlmodel import col, select

from state.persistence.models.person import (
    ExternalIdentityRow,
    MembershipRow,
    PersonRow,
    UserSessionRow,
)
from state.persistence.transaction import reading, transaction
from state.ui.session import clock
from tests.databases import installation
from tests.served import Served


def rest(served: Served, name: str, **rested: float) -> None:
    """The open sessions of a person were last used so long ago."""
    _set(served, name, "seen_at", timedelta(**rested))


def begin_earlier(served: Served, name: str, **earlier: float) -> None:
    """They began so long ago."""
    _set(served, name, "began_at", timedelta(**earlier))


def sign_in_earlier(served: Served, name: str, **earlier: float) -> None:
    """The person gave their factors so long ago."""
    _set(served, name, "authenticated_at", timedelta(**earlier))


def last_seen(served: Served, name: str) -> timedelta:
    """How long ago the newest session of a person was used."""
    with installation(served.data), reading() as session:
        rows = session.exec(_open(name)).all()
        return clock() - max(row.seen_at for row in rows)


def never_here(served: Served) -> list[str]:
    """The subjects of people of companies who have not signed in yet."""
    wanted = (
        select(ExternalIdentityRow.subject)
        .join(MembershipRow, col(MembershipRow.person_id) == col(ExternalIdentityRow.person_id))
        .where(col(ExternalIdentityRow.person_id).not_in(select(UserSessionRow.person_id)))
        .distinct()
    )
    with installation(served.data), reading() as session:
        return list(session.exec(wanted))


def _set(served: Served, name: str, column: str, ago: timedelta) -> None:
    with installation(served.data), transaction() as session:
        rows = session.exec(_open(name)).all()
        assert rows
        for row in rows:
            setattr(row, column, clock() - ago)
            session.add(row)


def _open(name: str):
    return (
        select(UserSessionRow)
        .join(PersonRow, col(PersonRow.id) == col(UserSessionRow.person_id))
        .where(PersonRow.name == name, col(UserSessionRow.ended_at).is_(None))
    )

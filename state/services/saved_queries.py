"""Queries that people keep under a name: whoever has the link may read and run one."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlmodel import Session, col, func, select

from state.domain import query_limits
from state.domain.actor import Actor
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.permissions import Permission
from state.domain.query import Question, refusals
from state.domain.refusal import Refusal, RefusedError
from state.persistence.audit_trail import record
from state.persistence.models.person import PersonRow
from state.persistence.models.saved_query import SavedQueryRow
from state.persistence.transaction import reading, transaction

NAME: Final = "query_name"
_LONGEST_NAME: Final = 80
_PUBLIC_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


class SavedQueryRefusedError(RefusedError):
    """The query cannot be kept so; nothing is stored."""


class NoSuchQueryError(LookupError):
    """No query is kept under that id, or no longer."""

    def __init__(self) -> None:
        """Say it in words for whoever followed a link."""
        super().__init__("No query is kept here: whoever saved it may have deleted it.")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query under its name, and the id that its links hold."""

    public_id: str
    name: str
    sql: str
    as_of: datetime | None
    saved_at: datetime


def save_query(*, actor: Actor, name: str, question: Question, now: datetime) -> SavedQuery:
    """Keep a query under a name; what was kept before stays as it is, so that links do.

    Raises:
        SavedQueryRefusedError: The name or the text will not do, or the person has too many.
    """
    actor.require(Permission.QUERY_SAVE)
    title = tidy(name)
    reasons = list(refusals(question.sql, on=now.date()))
    if wrong := text_problem("a name for the query", title, longest=_LONGEST_NAME):
        reasons.append(Refusal(NAME, wrong))
    if reasons:
        raise SavedQueryRefusedError(tuple(reasons))
    with transaction() as session:
        _require_room(session, actor, now)
        row = SavedQueryRow(
            public_id=secrets.token_hex(8),
            person_id=actor.person_id or 0,
            name=title,
            sql=question.sql,
            as_of=question.as_of,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        session.flush()
        record(session, actor=actor, event="query.saved", subject=row.public_id, now=now)
        return _shown(row)


def saved_query(*, actor: Actor, public_id: str) -> SavedQuery:
    """The query of a link.

    Raises:
        NoSuchQueryError: There is none such.
    """
    actor.require(Permission.INSIGHTS_READ)
    if not _PUBLIC_ID.fullmatch(public_id):
        raise NoSuchQueryError
    with reading() as session:
        row = session.exec(
            select(SavedQueryRow).where(SavedQueryRow.public_id == public_id)
        ).first()
        if row is None:
            raise NoSuchQueryError
        return _shown(row)


def own_queries(*, actor: Actor) -> tuple[SavedQuery, ...]:
    """What the actor has kept, the newest first."""
    actor.require(Permission.QUERY_SAVE)
    with reading() as session:
        rows = session.exec(
            select(SavedQueryRow)
            .where(SavedQueryRow.person_id == actor.person_id)
            .order_by(col(SavedQueryRow.id).desc())
        ).all()
        return tuple(_shown(row) for row in rows)


def delete_query(*, actor: Actor, public_id: str, now: datetime) -> None:
    """Keep one of one's own no longer; its links end here.

    Raises:
        NoSuchQueryError: The actor has none such.
    """
    actor.require(Permission.QUERY_SAVE)
    with transaction() as session:
        row = session.exec(
            select(SavedQueryRow).where(
                SavedQueryRow.public_id == public_id, SavedQueryRow.person_id == actor.person_id
            )
        ).first()
        if row is None:
            raise NoSuchQueryError
        session.delete(row)
        record(session, actor=actor, event="query.deleted", subject=public_id, now=now)


def _require_room(session: Session, actor: Actor, now: datetime) -> None:
    """One browser of a person saves at a time, so that the limit holds."""
    session.exec(
        select(PersonRow.id).where(PersonRow.id == actor.person_id).with_for_update()
    ).one()
    held = session.exec(
        select(func.count())
        .select_from(SavedQueryRow)
        .where(SavedQueryRow.person_id == actor.person_id)
    ).one()
    most = query_limits.queries_saved_most(now.date())
    if held >= most:
        words = f"You have saved {most} queries, which is all there is room for. Delete one first."
        raise SavedQueryRefusedError((Refusal(NAME, words),))


def _shown(row: SavedQueryRow) -> SavedQuery:
    return SavedQuery(row.public_id, row.name, row.sql, _utc(row.as_of), row.created_at)


def _utc(at: datetime | None) -> datetime | None:
    """SQLite gives moments back without their zone; what we store is UTC."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at

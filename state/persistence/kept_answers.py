"""Doing what a program asks for once: its key is claimed in the transaction that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from state.domain import rules
from state.persistence.models.api_clients import ApiAnswerRow
from state.persistence.transaction import together

_INSERTS: Final[Mapping[str, Callable[..., Any]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class AnotherRequestError(Exception):
    """The key was used for another request within the last hours."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered: the status and the bytes of it, as text."""

    status: int
    body: str
    was_kept: bool = False


@dataclass(frozen=True, slots=True)
class RequestKey:
    """Whose key it is, and the hash of all that the request says."""

    row_id: int
    key: str
    request_hash: str


def once(asked: RequestKey, do: Callable[[], KeptAnswer], now: datetime) -> KeptAnswer:
    """Do it, in the transaction that keeps its answer; or give the answer that is kept.

    What is refused leaves nothing behind, so that the same key serves for the next try.

    Raises:
        AnotherRequestError: The key stands for another request.
    """
    with together() as session:
        if not _claimed(session, asked, now):
            return _kept(session, asked)
        answer = do()
        session.execute(
            update(ApiAnswerRow)
            .where(col(ApiAnswerRow.client_id) == asked.row_id, col(ApiAnswerRow.key) == asked.key)
            .values(status=answer.status, body=answer.body)
        )
        return answer


def _claimed(session: Session, asked: RequestKey, now: datetime) -> bool:
    """Whether the key is this request's; the row itself says so, which no count does everywhere."""
    kept_for = timedelta(hours=rules.idempotency_key_kept_hours(now.date()))
    session.execute(
        delete(ApiAnswerRow).where(
            col(ApiAnswerRow.client_id) == asked.row_id,
            col(ApiAnswerRow.created_at) <= now - kept_for,
        )
    )
    insert = _INSERTS[session.get_bind().dialect.name]
    claimed = session.execute(
        insert(ApiAnswerRow)
        .values(
            client_id=asked.row_id,
            key=asked.key,
            request_hash=asked.request_hash,
            status=0,
            body="",
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(col(ApiAnswerRow.id))
    )
    return claimed.first() is not None


def _kept(session: Session, asked: RequestKey) -> KeptAnswer:
    row = session.exec(
        select(ApiAnswerRow).where(
            ApiAnswerRow.client_id == asked.row_id, ApiAnswerRow.key == asked.key
        )
    ).one()
    if row.request_hash != asked.request_hash:
        raise AnotherRequestError
    return KeptAnswer(row.status, row.body, was_kept=True)

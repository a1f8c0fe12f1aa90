"""Rows of feeds: made for every dataset that is asked for, and taken by one worker at a time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select, update

from state.domain.feed_questions import day_began
from state.persistence.models.feed import FeedRow, FeedStepRow

TAKEN_FOR: Final = timedelta(minutes=15)
"""So long a worker has a feed to itself; one that died with it leaves it to the next."""

_AT_FIRST: Final = timedelta(days=1)


def feed_rows(session: Session) -> dict[str, FeedRow]:
    """Every feed that was ever looked at, by its code."""
    return {row.code: row for row in session.exec(select(FeedRow))}


def make_feed_rows(session: Session, codes: Collection[str], now: datetime) -> None:
    """Begin with every dataset that is asked for and has no row yet: due at once, for a day."""
    first = day_began(now) - _AT_FIRST
    for code in sorted(set(codes) - feed_rows(session).keys()):
        session.add(
            FeedRow(code=code, next_run_at=now, asked_until=first, created_at=now, updated_at=now)
        )
    session.flush()


def due_feeds(session: Session, codes: Collection[str], now: datetime) -> list[FeedRow]:
    """Feeds that are on and due, those that wait longest first."""
    wanted = (
        select(FeedRow)
        .where(
            col(FeedRow.code).in_(sorted(codes)),
            col(FeedRow.paused).is_(False),
            col(FeedRow.next_run_at) <= now,
        )
        .order_by(col(FeedRow.next_run_at), col(FeedRow.id))
    )
    return list(session.exec(wanted))


def take_feed(session: Session, row: FeedRow, now: datetime) -> bool:
    """Whether this worker has it: the first whose update finds it as it was read."""
    taken = session.execute(
        update(FeedRow)
        .where(col(FeedRow.id) == row.id, col(FeedRow.row_version) == row.row_version)
        .values(next_run_at=now + TAKEN_FOR, last_run_at=now, row_version=row.row_version + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an update's result has it


def feed_row(session: Session, code: str, now: datetime) -> FeedRow:
    """The row of a feed to be changed, made where there is none."""
    make_feed_rows(session, [code], now)
    return session.exec(select(FeedRow).where(FeedRow.code == code).with_for_update()).one()


def keep(session: Session, row: FeedRow, now: datetime) -> None:
    """Keep what was changed of a row."""
    row.updated_at, row.row_version = now, row.row_version + 1
    session.add(row)


def covering_step(
    session: Session, code: str, since: datetime, until: datetime
) -> FeedStepRow | None:
    """A stretch of time that is done and holds the one asked about."""
    wanted = select(FeedStepRow).where(
        FeedStepRow.code == code, FeedStepRow.since <= since, FeedStepRow.until >= until
    )
    return session.exec(wanted.limit(1)).first()

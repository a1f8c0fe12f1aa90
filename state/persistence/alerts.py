"""What alerts found, written down in the transaction that tells of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select

from state.domain import rules
from state.domain.alerts import AlertKind, Crossing, Found, crossings, found_anew
from state.domain.series import Series
from state.persistence.models.alert import AlertCrossingRow, AlertRow
from state.persistence.models.dataset import IngestRow
from state.persistence.queries.series_values import values_of

_AHEAD: Final = timedelta(days=366)
_DAY: Final = timedelta(days=1)

Values = Sequence[tuple[datetime, float | None]]
"""Moments and values of a series, in the order of time."""


def alerts_of(session: Session, person_id: int) -> Sequence[AlertRow]:
    """The person's alerts, the newest first."""
    wanted = select(AlertRow).where(AlertRow.person_id == person_id)
    return session.exec(wanted.order_by(col(AlertRow.id).desc())).all()


def one_alert(
    session: Session, *which: sa.ColumnElement[bool], alone: bool = True
) -> AlertRow | None:
    """One alert; `alone`, so that nobody else changes it until the transaction is over."""
    wanted = select(AlertRow).where(*which)
    return session.exec(wanted.with_for_update() if alone else wanted).first()


def last_run(session: Session) -> int:
    """The number of the last run that took data in."""
    return session.exec(select(func.max(IngestRow.id))).one() or 0


def recent_values(session: Session, series: Series, now: datetime) -> Values:
    """The values that an alert looks at: of the last hours, and all that are held beyond now."""
    back = timedelta(hours=rules.number_on("alert_looks_back_hours", now.date()))
    found = values_of(session, series, from_at=now - back, until_at=now + _AHEAD)
    return list(found.iter_rows())


def found_by(session: Session, alert: AlertRow, values: Values) -> Found:
    """Which crossings of the alert's line are new, beside those that it has found before."""
    known = [
        Crossing(_utc(row.first_at), _utc(row.last_at), row.value)
        for row in session.exec(
            select(AlertCrossingRow)
            .where(AlertCrossingRow.alert_id == alert.id)
            .order_by(col(AlertCrossingRow.first_at))
        )
    ]
    return found_anew(crossings(values, alert.line, AlertKind(alert.kind)), known)


def late_found(session: Session, alert: AlertRow, since: datetime | None) -> Found:
    """The time that a dataset is late, unless it was found before; `since` names it."""
    held = select(func.count()).where(
        AlertCrossingRow.alert_id == alert.id, AlertCrossingRow.first_at == since
    )
    if since is None or session.exec(held).one():
        return Found((), ())
    return Found((Crossing(since, since, 0.0),), ())


def write_down(
    session: Session, alert: AlertRow, found: Found, *, now: datetime, told: bool
) -> None:
    """Note what was found, so that it is never found again."""
    for one in found.grown:
        session.execute(
            sa.update(AlertCrossingRow)
            .where(
                col(AlertCrossingRow.alert_id) == alert.id,
                col(AlertCrossingRow.first_at) == one.first_at,
            )
            .values(last_at=one.last_at, value=one.value)
        )
    for one in found.new:
        session.add(
            AlertCrossingRow(
                alert_id=alert.id or 0,
                first_at=one.first_at,
                last_at=one.last_at,
                value=one.value,
                found_at=now,
                told_at=now if told else None,
            )
        )
    if told and found.new:
        alert.times_told += len(found.new)
        alert.last_told_at = now
    alert.updated_at = now
    session.add(alert)
    session.flush()


def told_within_a_day(session: Session, alert: AlertRow, now: datetime) -> int:
    """How many notices the alert gave within the last day: each has one moment."""
    told = col(AlertCrossingRow.told_at)
    wanted = select(func.count(sa.distinct(told))).where(
        AlertCrossingRow.alert_id == alert.id, told > now - _DAY
    )
    return session.exec(wanted).one()


def forget_crossings(session: Session, before: datetime) -> int:
    """Remove crossings of lines that were over long ago; gives how many.

    That a dataset is late stays: it may be late still, and that was told.
    """
    of_values = select(AlertRow.id).where(AlertRow.kind != AlertKind.LATE)
    removed = session.execute(
        delete(AlertCrossingRow).where(
            col(AlertCrossingRow.last_at) < before, col(AlertCrossingRow.alert_id).in_(of_values)
        )
    )
    return int(removed.rowcount)  # type: ignore[attr-defined]  # a deletion's result has it


def forget_alert(session: Session, alert: AlertRow) -> None:
    """Remove an alert and all that it found."""
    session.execute(delete(AlertCrossingRow).where(col(AlertCrossingRow.alert_id) == alert.id))
    session.delete(alert)


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at

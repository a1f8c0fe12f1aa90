"""A person's own alerts on public data: set, listed, paused, resumed, removed."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from state.domain import rules
from state.domain.actor import Actor
from state.domain.alerts import (
    DATASET,
    LINE,
    SERIES,
    AlertKind,
    Crossing,
    read_line,
    value_refusals,
    watched_series,
)
from state.domain.datasets import Dataset, UnknownDatasetError, dataset, datasets
from state.domain.lateness import late_from, step_of
from state.domain.permissions import Permission
from state.domain.refusal import Refusal, RefusedError
from state.domain.series import Series, UnknownSeriesError
from state.persistence.alerts import (
    Values,
    alerts_of,
    forget_alert,
    found_by,
    last_run,
    late_found,
    one_alert,
    recent_values,
    write_down,
)
from state.persistence.audit_trail import record
from state.persistence.models.alert import AlertCrossingRow, AlertRow
from state.persistence.models.person import PersonRow
from state.persistence.publishing import public_reading
from state.persistence.queries.dataset_catalogue import last_updates, totals
from state.persistence.transaction import reading, transaction


class AlertRefusedError(RefusedError):
    """The alert cannot be set so; nothing is stored."""


class NoSuchAlertError(LookupError):
    """The actor has no such alert."""

    def __init__(self) -> None:
        """Say it in words for whoever pressed a button."""
        super().__init__("That alert is not there any more.")


@dataclass(frozen=True, slots=True)
class OwnAlert:
    """One alert of a person, and the crossing that it told of last.

    Without a definition what it watched is published no more.
    """

    public_id: str
    kind: AlertKind
    definition: Dataset | None
    series: Series | None
    line: float
    paused: bool
    set_at: datetime
    times_told: int
    last_told_at: datetime | None
    last_told: Crossing | None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is so as an alert begins to watch: it is noted, and not told."""

    ingest: int
    values: Values = ()
    late_since: datetime | None = None


def set_value_alert(*, actor: Actor, series: str, side: str, line: str, now: datetime) -> str:
    """Tell the person whenever values of a series cross a line, from now on; gives the alert's id.

    What is beyond the line already is not told until it has fallen back and crosses again.

    Raises:
        AlertRefusedError: Every reason, by field.
    """
    actor.require(Permission.ALERT_KEEP)
    if reasons := value_refusals(series, side, line):
        raise AlertRefusedError(reasons)
    watched = watched_series(series)
    row = _new(actor, AlertKind(side), watched.definition.name, now)
    row.series, row.line = watched.id, read_line(line) or 0.0
    return _set(actor, row, SERIES, now)


def set_late_alert(*, actor: Actor, name: str, now: datetime) -> str:
    """Tell the person whenever a dataset is late, from now on; gives the alert's id.

    Raises:
        AlertRefusedError: There is no such public dataset, or none that says when it comes.
    """
    actor.require(Permission.ALERT_KEEP)
    try:
        definition = dataset(name)
    except UnknownDatasetError:
        definition = None
    if definition is None or definition not in _with_timetable():
        words = "Choose one of the datasets" if not name else "No public timetable is known of it"
        raise AlertRefusedError((Refusal(DATASET, words),))
    return _set(actor, _new(actor, AlertKind.LATE, name, now), DATASET, now)


def own_alerts(*, actor: Actor) -> tuple[OwnAlert, ...]:
    """The actor's alerts, the newest first."""
    actor.require(Permission.ALERT_KEEP)
    with reading() as session:
        return tuple(_shown(session, row) for row in alerts_of(session, actor.person_id or 0))


def datasets_with_timetable(*, actor: Actor) -> tuple[Dataset, ...]:
    """Public datasets that can be late, in the order of their titles."""
    actor.require(Permission.INSIGHTS_READ)
    return _with_timetable()


def pause_alert(*, actor: Actor, public_id: str, now: datetime) -> None:
    """Tell the person nothing of it until it is resumed.

    Raises:
        NoSuchAlertError: The actor has none such.
    """
    actor.require(Permission.ALERT_KEEP)
    with transaction() as session:
        row = _own(session, actor, public_id)
        row.paused = True
        _changed(session, actor, row, "paused", now)


def resume_alert(*, actor: Actor, public_id: str, now: datetime) -> None:
    """Watch again, from now on: what crossed meanwhile is not told afterwards.

    Raises:
        NoSuchAlertError: The actor has none such.
    """
    actor.require(Permission.ALERT_KEEP)
    with public_reading() as session:
        seen = _seen(session, _own(session, actor, public_id, alone=False), now)
    with transaction() as session:
        row = _own(session, actor, public_id)
        row.paused = False
        _begin(session, row, seen, now)
        _changed(session, actor, row, "resumed", now)


def remove_alert(*, actor: Actor, public_id: str, now: datetime) -> None:
    """End an alert and forget what it found.

    Raises:
        NoSuchAlertError: The actor has none such.
    """
    actor.require(Permission.ALERT_KEEP)
    with transaction() as session:
        row = _own(session, actor, public_id)
        forget_alert(session, row)
        record(session, actor=actor, event="alert.removed", subject=public_id, now=now)


def _set(actor: Actor, row: AlertRow, field: str, now: datetime) -> str:
    with public_reading() as session:
        seen = _seen(session, row, now)
    with transaction() as session:
        _require_room(session, actor, row, field, now)
        session.add(row)
        session.flush()
        _begin(session, row, seen, now)
        record(session, actor=actor, event="alert.set", subject=row.public_id, now=now)
        return row.public_id


def _new(actor: Actor, kind: AlertKind, name: str, now: datetime) -> AlertRow:
    return AlertRow(
        public_id=secrets.token_hex(8),
        person_id=actor.person_id or 0,
        kind=kind,
        dataset=name,
        created_at=now,
        updated_at=now,
    )


def _require_room(session: Session, actor: Actor, row: AlertRow, field: str, now: datetime) -> None:
    """One browser of a person sets one at a time, so that the limit holds."""
    session.exec(
        select(PersonRow.id).where(PersonRow.id == actor.person_id).with_for_update()
    ).one()
    held = alerts_of(session, actor.person_id or 0)
    if any(_asks(one) == _asks(row) for one in held):
        said = LINE if row.series else field
        raise AlertRefusedError((Refusal(said, "You have this alert already"),))
    most = rules.number_on("alerts_most", now.date())
    if len(held) >= most:
        words = f"You have {most} alerts, which is all there is room for. Remove one first"
        raise AlertRefusedError((Refusal(field, words),))


def _asks(row: AlertRow) -> tuple[object, ...]:
    return (str(row.kind), row.dataset, row.series, row.line)


def _seen(session: Session, row: AlertRow, now: datetime) -> _Seen:
    ingest = last_run(session)
    if row.kind != AlertKind.LATE:
        return _Seen(ingest, recent_values(session, watched_series(row.series), now))
    held, updated = totals(session).get(row.dataset), last_updates(session).get(row.dataset)
    if held is None or updated is None:
        return _Seen(ingest)
    since = late_from(dataset(row.dataset), updated_at=updated, last_day=held.last_day)
    return _Seen(ingest, late_since=since if since is not None and since < now else None)


def _begin(session: Session, row: AlertRow, seen: _Seen, now: datetime) -> None:
    """Note what is beyond the line now, so that only what comes is told."""
    row.seen_ingest = seen.ingest
    if row.kind != AlertKind.LATE:
        found = found_by(session, row, seen.values)
    else:
        found = late_found(session, row, seen.late_since)
    write_down(session, row, found, now=now, told=False)


def _own(session: Session, actor: Actor, public_id: str, *, alone: bool = True) -> AlertRow:
    row = one_alert(
        session,
        col(AlertRow.public_id) == public_id[:40],
        col(AlertRow.person_id) == actor.person_id,
        alone=alone,
    )
    if row is None:
        raise NoSuchAlertError
    return row


def _changed(session: Session, actor: Actor, row: AlertRow, what: str, now: datetime) -> None:
    row.row_version += 1
    row.updated_at = now
    session.add(row)
    record(session, actor=actor, event=f"alert.{what}", subject=row.public_id, now=now)


def _shown(session: Session, row: AlertRow) -> OwnAlert:
    latest = session.exec(
        select(AlertCrossingRow)
        .where(AlertCrossingRow.alert_id == row.id, col(AlertCrossingRow.told_at).is_not(None))
        .order_by(col(AlertCrossingRow.told_at).desc(), col(AlertCrossingRow.first_at).desc())
    ).first()
    definition, series = _watched(row)
    return OwnAlert(
        public_id=row.public_id,
        kind=AlertKind(row.kind),
        definition=definition,
        series=series,
        line=row.line,
        paused=row.paused,
        set_at=row.created_at,
        times_told=row.times_told,
        last_told_at=row.last_told_at,
        last_told=Crossing(latest.first_at, latest.last_at, latest.value) if latest else None,
    )


def _watched(row: AlertRow) -> tuple[Dataset | None, Series | None]:
    try:
        series = watched_series(row.series) if row.series else None
        return dataset(row.dataset), series
    except (UnknownDatasetError, UnknownSeriesError):
        return None, None


def _with_timetable() -> tuple[Dataset, ...]:
    found = [
        one
        for one in datasets().values()
        if one.classification == "public" and step_of(one) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.title))

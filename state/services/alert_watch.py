"""Watching what alerts watch: after data were taken in, and by the clock; each crossing told once.

What was found is written down in the transaction that puts the notices, so that a worker which
dies in between, a second worker, or the same rows published again find nothing new.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from settlement_engine.periods import settlement_period_of
from state.domain import rules
from state.domain.actor import Actor
from state.domain.alert_words import crossing_words, late_words
from state.domain.alerts import AlertKind, Found, watched_series
from state.domain.datasets import dataset
from state.domain.lateness import late_from, step_of
from state.domain.permissions import Permission
from state.domain.series import Series, UnknownSeriesError
from state.persistence.alerts import (
    Values,
    forget_crossings,
    found_by,
    last_run,
    late_found,
    one_alert,
    recent_values,
    told_within_a_day,
    write_down,
)
from state.persistence.models.alert import AlertRow
from state.persistence.models.dataset import DatasetPartRow
from state.persistence.notices import notify
from state.persistence.publishing import public_reading
from state.persistence.queries.dataset_catalogue import last_updates, totals
from state.persistence.transaction import reading, transaction

PAGE = "/insights/alerts"
_SERIES_PAGE = "/insights/series"
_id, _dataset, _seen = col(AlertRow.id), col(AlertRow.dataset), col(AlertRow.seen_ingest)
_IS_OF_VALUE = (col(AlertRow.kind) != AlertKind.LATE, col(AlertRow.paused).is_(False))
_IS_OF_LATE = (col(AlertRow.kind) == AlertKind.LATE, col(AlertRow.paused).is_(False))


@dataclass(frozen=True, slots=True)
class _Behind:
    """Alerts of which data have come that they have not looked at, by their series."""

    run: int
    alerts: Mapping[str, tuple[int, ...]]


def tell_of_crossings(*, actor: Actor, now: datetime) -> int:
    """Look at what was taken in since each alert looked last; gives how many told something."""
    actor.require(Permission.OUTBOX_WORK)
    with reading() as session:
        behind = _behind(session)
    told = 0
    for name, alerts in behind.alerts.items():
        try:
            series = watched_series(name)
        except UnknownSeriesError:
            continue  # it is published no more: its person sees so, and nobody else waits for it
        with public_reading() as session:
            values = recent_values(session, series, now)
            quiet = [one for one in alerts if _is_quiet(session, one, values)]
        _pass_over(quiet, behind.run)
        moved = (one for one in alerts if one not in set(quiet))
        told += sum(_looked_at(one, behind.run, series, values, now) for one in moved)
    return told


def tell_of_late_datasets(*, actor: Actor, now: datetime) -> int:
    """Tell of datasets that have become late; gives how many alerts told something."""
    actor.require(Permission.OUTBOX_WORK)
    with reading() as session:
        watched = session.exec(select(AlertRow.id, AlertRow.dataset).where(*_IS_OF_LATE)).all()
        if not watched:
            return 0
    with public_reading() as session:
        since = _late_since(session, {name for _, name in watched}, now)
    return sum(_told_late(alert or 0, since[name], now) for alert, name in watched if name in since)


def remove_old_crossings(*, actor: Actor, now: datetime) -> int:
    """Forget what alerts found long ago; gives how many."""
    actor.require(Permission.OUTBOX_WORK)
    kept = timedelta(days=rules.number_on("alert_crossings_kept_days", now.date()))
    with transaction() as session:
        return forget_crossings(session, now - kept)


def _behind(session: Session) -> _Behind:
    run = last_run(session)
    oldest = session.execute(
        sa.select(_dataset, sa.func.min(_seen)).where(*_IS_OF_VALUE).group_by(_dataset)
    ).all()
    alerts: dict[str, list[int]] = defaultdict(list)
    for name, seen in oldest:
        brought = select(func.max(DatasetPartRow.ingest_id)).where(
            DatasetPartRow.dataset == name, col(DatasetPartRow.ingest_id) > seen
        )
        newest = session.exec(brought).one()
        if newest is None:
            continue
        wanted = select(AlertRow.id, AlertRow.series)
        for key, series in session.exec(
            wanted.where(*_IS_OF_VALUE, _dataset == name, _seen < newest).order_by(_id)
        ):
            alerts[series].append(key or 0)
    return _Behind(run, {series: tuple(keys) for series, keys in alerts.items()})


def _is_quiet(session: Session, alert: int, values: Values) -> bool:
    """Whether nothing crossed its line, and nothing that did went on."""
    row = one_alert(session, _id == alert, alone=False)
    found = found_by(session, row, values) if row is not None else None
    return found is not None and not found.new and not found.grown


def _pass_over(alerts: Sequence[int], run: int) -> None:
    """Note for all at once that they have looked: most alerts are quiet most of the time."""
    if alerts:
        with transaction() as session:
            session.execute(
                sa.update(AlertRow).where(_id.in_(alerts), _seen < run).values(seen_ingest=run)
            )


def _looked_at(alert: int, run: int, series: Series, values: Values, now: datetime) -> bool:
    with transaction() as session:
        row = one_alert(session, _id == alert, *_IS_OF_VALUE, _seen < run)
        if row is None:
            return False
        found = found_by(session, row, values)
        given = told_within_a_day(session, row, now) if found.new else 0
        most = rules.number_on("alert_notices_a_day_most", now.date())
        tells = bool(found.new) and given < most
        if tells:
            _tell_of_crossing(session, row, series, found, now, is_last=given + 1 == most)
        row.seen_ingest = run
        write_down(session, row, found, now=now, told=tells)
        return tells


def _tell_of_crossing(
    session: Session, row: AlertRow, series: Series, found: Found, now: datetime, *, is_last: bool
) -> None:
    words = crossing_words(AlertKind(row.kind), row.line, series, found.new, is_last=is_last)
    first_at = found.new[-1].first_at
    day = settlement_period_of(first_at)[0]
    shown = urlencode({"series": series.id, "range": "day", "date": day.isoformat()})
    notify(
        session,
        key="alert.crossed",
        people=[row.person_id],
        organisation_id=None,
        link=f"{_SERIES_PAGE}?{shown}",
        now=now,
        dedupe_key=f"alert/{row.public_id}/{first_at:%Y%m%dT%H%M%S}",
        **words,
    )


def _late_since(session: Session, names: Iterable[str], now: datetime) -> dict[str, datetime]:
    """Since when each dataset is late, of those that are."""
    held, updated = totals(session), last_updates(session)
    found = {}
    for name in names:
        if name in held:
            last_day = held[name].last_day
            since = late_from(dataset(name), updated_at=updated[name], last_day=last_day)
            if since is not None and since < now:
                found[name] = since
    return found


def _told_late(alert: int, since: datetime, now: datetime) -> bool:
    with transaction() as session:
        row = one_alert(session, _id == alert, *_IS_OF_LATE)
        if row is None:
            return False
        found = late_found(session, row, since)
        if not found.new:
            return False
        definition = dataset(row.dataset)
        step = step_of(definition) or timedelta()
        notify(
            session,
            key="alert.late",
            people=[row.person_id],
            organisation_id=None,
            link="/insights/status",
            now=now,
            dedupe_key=f"alert/{row.public_id}/{since:%Y%m%dT%H%M%S}",
            **late_words(definition.title, since, step),
        )
        write_down(session, row, found, now=now, told=True)
        return True

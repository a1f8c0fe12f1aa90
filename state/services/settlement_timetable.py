"""The timetable of Settlement Runs: what is due, and asking for it when its day has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from settlement_engine.runs import DueRun, RunType, run_timetable, timetables
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.settlement_runs import (
    ASKED_BY_THE_TIMETABLE,
    DueStatus,
    RunState,
    due_status,
    market_day,
)
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.queries.dataset_catalogue import totals
from state.persistence.queries.settlement_runs import latest_runs, runs_between
from state.persistence.run_inputs import missing_frames
from state.persistence.transaction import reading
from state.services.settlement_runs import Run, RunRefusedError, request_run, shown

METERED: Final = "metered_volumes"
"""The dataset whose days are settled."""

_NOT_OVER: Final = frozenset(RunState) - {RunState.PUBLISHED, RunState.SUPERSEDED}

BACK: Final = timedelta(days=60)
AHEAD: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RunOnTimetable:
    """One run that the timetable names, and how it stands; `run` is the latest of its type."""

    settlement_date: date
    run_type: RunType
    run_on: date
    notification_on: date
    payment_on: date | None
    generated: bool
    status: DueStatus
    run: Run | None


def runs_due(*, actor: Actor, today: date) -> tuple[RunOnTimetable, ...]:
    """What the timetable names from 60 days back to 7 ahead, by the day on which it is to be made.

    Of the Settlement Dates whose metered volumes the store holds.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        dues = [due for due in _named(session, today) if today - BACK <= due.run_on]
        latest = _latest(session, dues)
        runs = dict(zip(latest, shown(session, tuple(latest.values())), strict=True))
    return tuple(_on_timetable(due, runs.get(_key(due)), today) for due in dues)


def runs_off_timetable(*, actor: Actor, today: date) -> tuple[Run, ...]:
    """What somebody asked for, that `runs_due` does not name and that is not over yet.

    Such as a dispute's run, or one of a date whose timetable ended long ago; of each date and type
    the latest, while it is to be worked out or published, or if it was held or failed.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        named = {_key(due) for due in _named(session, today) if today - BACK <= due.run_on}
        found = latest_runs(session, _NOT_OVER)
        off = [row for row in found if (row.settlement_date, RunType(row.run_type)) not in named]
        return shown(session, tuple(off))


def schedule_due_runs(*, actor: Actor, now: datetime) -> tuple[Run, ...]:
    """Ask for every run whose day has come and that nobody asked for yet; twice asks for none.

    What came due while nothing ran is asked for too.
    """
    actor.require(Permission.SETTLEMENT_RUN_START)
    today = market_day(now)
    with reading() as session:
        dues = [due for due in _named(session, today) if due.run_on <= today]
        done = _latest(session, dues)
        wanted = [
            due
            for due in dues
            if _key(due) not in done and not missing_frames(session, due.settlement_date)
        ]
    return tuple(run for due in wanted if (run := _request(actor, due, now)) is not None)


def _request(actor: Actor, due: DueRun, now: datetime) -> Run | None:
    """Ask for the run; None where it is too late for it or somebody was faster."""
    try:
        return request_run(
            actor=actor,
            settlement_date=due.settlement_date,
            run_type=due.run_type,
            reason=ASKED_BY_THE_TIMETABLE,
            now=now,
        )
    except RunRefusedError:
        return None


def _named(session: Session, today: date) -> list[DueRun]:
    """The runs of every Settlement Date that has metered volumes, in the order of their days."""
    held = totals(session).get(METERED)
    if held is None:
        return []
    first = max(held.first_day, timetables()[0].since)
    last = min(held.last_day, today - timedelta(days=1))
    dues = [
        due
        for day in _days(first, last)
        for due in run_timetable(day)
        if due.run_on <= today + AHEAD
    ]
    return sorted(dues, key=lambda due: (due.run_on, due.settlement_date, due.run_type.order))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _latest(session: Session, dues: list[DueRun]) -> dict[tuple[date, RunType], SettlementRunRow]:
    """The last run asked for of each date and type."""
    if not dues:
        return {}
    days = [due.settlement_date for due in dues]
    rows = runs_between(session, min(days), max(days))
    return {(row.settlement_date, RunType(row.run_type)): row for row in rows}


def _key(due: DueRun) -> tuple[date, RunType]:
    return due.settlement_date, due.run_type


def _on_timetable(due: DueRun, run: Run | None, today: date) -> RunOnTimetable:
    state: RunState | None = run.state if run else None
    return RunOnTimetable(
        settlement_date=due.settlement_date,
        run_type=due.run_type,
        run_on=due.run_on,
        notification_on=due.notification_on,
        payment_on=due.payment_on,
        generated=due.generated,
        status=due_status(due.run_on, state, today),
        run=run,
    )

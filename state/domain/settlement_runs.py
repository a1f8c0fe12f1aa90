"""Settlement Runs: the states a run may be in, who may move it on, and when one may be asked for.

Four eyes: whoever asked for a run does not publish it. A run that the timetable asked for may be
published by any one person who is permitted to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from settlement_engine.periods import settlement_period_of
from settlement_engine.runs import RunType, disputes_close_on, run_timetable
from state.domain.dates import is_believable, spoken_date
from state.domain.formats.plain_text import text_problem
from state.domain.refusal import Refusal

ASKED_BY_THE_TIMETABLE: Final = "Due by the timetable"
"""Why a run that nobody asked for was made."""

_LONGEST_REASON: Final = 500


class RunState(StrEnum):
    """Where a run stands."""

    REQUESTED = "requested"
    COMPUTING = "computing"
    COMPUTED = "computed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    HELD = "held"
    FAILED = "failed"


TRANSITIONS: Final[dict[RunState, frozenset[RunState]]] = {
    RunState.REQUESTED: frozenset({RunState.COMPUTING}),
    RunState.COMPUTING: frozenset({RunState.COMPUTED, RunState.HELD, RunState.FAILED}),
    RunState.COMPUTED: frozenset({RunState.PUBLISHED, RunState.SUPERSEDED}),
    RunState.PUBLISHED: frozenset({RunState.SUPERSEDED}),
    RunState.SUPERSEDED: frozenset(),
    RunState.HELD: frozenset(),
    RunState.FAILED: frozenset(),
}
"""Where a run may go from each state. Held: inputs contradict. Failed: a fault of ours."""

PENDING: Final = frozenset({RunState.REQUESTED, RunState.COMPUTING})
"""States of a run that is still to be worked out."""

WITH_RESULTS: Final = frozenset({RunState.COMPUTED, RunState.PUBLISHED, RunState.SUPERSEDED})
"""States of a run that has figures."""


class DueStatus(StrEnum):
    """How a run of the timetable stands on a day."""

    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"
    RUNNING = "running"
    HELD = "held"
    FAILED = "failed"
    TO_PUBLISH = "to_publish"
    DONE = "done"


_STATUS: Final[dict[RunState, DueStatus]] = {
    RunState.REQUESTED: DueStatus.RUNNING,
    RunState.COMPUTING: DueStatus.RUNNING,
    RunState.COMPUTED: DueStatus.TO_PUBLISH,
    RunState.PUBLISHED: DueStatus.DONE,
    RunState.SUPERSEDED: DueStatus.DONE,
    RunState.HELD: DueStatus.HELD,
    RunState.FAILED: DueStatus.FAILED,
}


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the rules ask about a run that there is."""

    run_type: RunType
    run_number: int
    state: RunState
    requested_by: str


@dataclass(frozen=True, slots=True)
class RunRequest:
    """The run that is asked for, and why."""

    settlement_date: date
    run_type: RunType
    reason: str


def may_become(state: RunState, target: RunState) -> bool:
    """Whether a run may go from one state to the other."""
    return target in TRANSITIONS[state]


def request_refusals(
    request: RunRequest, *, known: tuple[RunFacts, ...], missing: tuple[str, ...], today: date
) -> tuple[Refusal, ...]:
    """Every reason not to make the run today; `missing` names what the store lacks of the day."""
    found = [
        ("settlement_date", _date_problem(request, missing, today)),
        ("run_type", _run_type_problem(request, known, today)),
        ("reason", reason_problem(request.reason)),
    ]
    return tuple(Refusal(field, reason) for field, reason in found if reason)


def reason_problem(reason: str) -> str | None:
    """What is wrong with the reason for a run, in words for whoever typed it; or None."""
    return text_problem("your reason", reason, longest=_LONGEST_REASON)


def _date_problem(request: RunRequest, missing: tuple[str, ...], today: date) -> str | None:
    day = spoken_date(request.settlement_date)
    if not is_believable(request.settlement_date):
        return f"There is no market on {day}"
    if request.settlement_date >= today:
        return f"{day} is not over yet: a Settlement Date can be run from the day after it"
    if missing:
        return f"The store holds nothing for {day} of: {', '.join(missing)}"
    return None


def _run_type_problem(request: RunRequest, known: tuple[RunFacts, ...], today: date) -> str | None:
    if not is_believable(request.settlement_date):
        return None  # no timetable reaches that far
    return _twice(request, known) or _overtaken(request, known) or _not_due(request, known, today)


def _twice(request: RunRequest, known: tuple[RunFacts, ...]) -> str | None:
    waiting = [run for run in known if run.run_type is request.run_type and run.state in PENDING]
    if not waiting:
        return None
    number, state = waiting[-1].run_number, waiting[-1].state
    return f"{request.run_type} run {number} of this date is {state}: wait until it has ended"


def _overtaken(request: RunRequest, known: tuple[RunFacts, ...]) -> str | None:
    published = [run.run_type for run in known if run.state is RunState.PUBLISHED]
    if published and request.run_type < published[0]:
        return f"{published[0]} of this date is published: a run of {request.run_type} is too late"
    return None


def _not_due(request: RunRequest, known: tuple[RunFacts, ...], today: date) -> str | None:
    if request.run_type is RunType.DF:
        if not any(run.state is RunState.PUBLISHED for run in known):
            return "DF restates a published run, and no run of this date is published"
        if today > (closed := disputes_close_on(request.settlement_date)):
            return f"Disputes of this date closed on {spoken_date(closed)}"
        return None
    due = [
        each for each in run_timetable(request.settlement_date) if each.run_type is request.run_type
    ]
    if not due:
        return f"There is no {request.run_type} run of this date"
    if today < due[0].run_on:
        return f"{request.run_type} of this date is due on {spoken_date(due[0].run_on)}, not before"
    return None


def publish_refusals(
    run: RunFacts, *, publisher: str, by_the_clock: bool, others: tuple[RunFacts, ...]
) -> tuple[Refusal, ...]:
    """Every reason why this person may not publish the run now."""
    return tuple(
        Refusal("", reason)
        for reason in _publish_problems(run, publisher, by_the_clock=by_the_clock, others=others)
    )


def _publish_problems(
    run: RunFacts, publisher: str, *, by_the_clock: bool, others: tuple[RunFacts, ...]
) -> Iterator[str]:
    if not may_become(run.state, RunState.PUBLISHED):
        yield f"The run is {run.state}: only a run that is computed can be published"
    if run.requested_by == publisher and not by_the_clock:
        yield "You asked for this run: another person must publish it"
    for other in others:
        if other.state is RunState.PUBLISHED and _later(other, run):
            yield (
                f"{other.run_type} run {other.run_number} of this date is published: "
                "it would be replaced by an earlier one"
            )


def _later(run: RunFacts, than: RunFacts) -> bool:
    return (run.run_type.order, run.run_number) > (than.run_type.order, than.run_number)


def due_status(run_on: date, latest: RunState | None, today: date) -> DueStatus:
    """How a run of the timetable stands, by the state of the latest run of its type."""
    if latest is not None:
        return _STATUS[latest]
    if today < run_on:
        return DueStatus.AHEAD
    return DueStatus.DUE if today == run_on else DueStatus.LATE


def run_name(settlement_date: date, run_type: str, run_number: int) -> str:
    """How the audit trail and the log name a run."""
    return f"{settlement_date} {run_type} {run_number}"


def market_day(now: datetime) -> date:
    """The date on the clocks of the market."""
    return settlement_period_of(now)[0]

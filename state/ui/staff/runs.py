"""The timetable of Settlement Runs on the staff's screen, and asking for a run."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import reflex as rx

from settlement_engine.runs import RunType
from state.domain.dates import spoken_date
from state.domain.formats.plain_text import tidy
from state.domain.permissions import Permission
from state.domain.settlement_runs import DueStatus, due_status, market_day, reason_problem
from state.domain.settlement_words import run_words
from state.services import settlement_runs, settlement_timetable
from state.services.settlement_runs import Run, RunRefusedError
from state.services.settlement_timetable import RunOnTimetable
from state.ui.access import for_staff
from state.ui.forms import answer, date_answer, problems_of
from state.ui.session import ask, clock, here

STATUS_WORDS: Final[dict[DueStatus, tuple[str, str]]] = {
    DueStatus.LATE: ("Late", "bad"),
    DueStatus.HELD: ("Held", "bad"),
    DueStatus.FAILED: ("Failed", "bad"),
    DueStatus.DUE: ("Due today", "warn"),
    DueStatus.RUNNING: ("Running", "info"),
    DueStatus.TO_PUBLISH: ("To publish", "warn"),
    DueStatus.AHEAD: ("Ahead", "plain"),
    DueStatus.DONE: ("Published", "good"),
}
"""How each status is said, and its tone; the most urgent first."""

_SHOWN: Final = (
    ("waiting", "Waiting"),
    ("ahead", "Next 7 days"),
    ("done", "Published"),
    ("all", "All"),
)
_EMPTY: Final = {
    "waiting": "Nothing waits. Every run that is due is made and published.",
    "ahead": "No run is due in the next 7 days.",
    "done": "No run was published in the last 60 days.",
    "all": "No Settlement Date has metered volumes yet, so no run is due.",
}
_URGENCY: Final = list(STATUS_WORDS)


class RunsState(rx.State):
    """What is due, running and late, and the form to ask for a run."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    counts: list[dict[str, str]] = []
    choices: list[dict[str, str]] = []
    is_running: bool = False
    is_generated: bool = False
    may_start: bool = False
    empty: str = ""
    problems: dict[str, str] = {}

    _show: str = "waiting"

    @rx.event
    @for_staff
    async def load(self):
        """Read the timetable as it stands now."""
        wanted = str(self.router.url.query_parameters.get("show", ""))
        self._show = wanted if wanted in dict(_SHOWN) else "waiting"
        self.choices = [
            {
                "text": text,
                "href": f"/staff/runs?show={name}",
                "current": "page" if name == self._show else "false",
            }
            for name, text in _SHOWN
        ]
        self.empty = _EMPTY[self._show]
        self.problems = {}
        return RunsState.look

    @rx.event
    @for_staff
    async def look(self):
        """Look again: runs go on by themselves."""
        actor = await here(self)
        today = market_day(clock())
        dues = await ask(settlement_timetable.runs_due, actor=actor, today=today)
        others = await ask(settlement_timetable.runs_off_timetable, actor=actor, today=today)
        lines = sorted([*map(_line, dues), *map(_line_off, others)], key=_most_urgent_first)
        self.may_start = actor.may(Permission.SETTLEMENT_RUN_START)
        self.is_running = any(line.status is DueStatus.RUNNING for line in lines)
        self.is_generated = any(due.generated for due in dues)
        self.counts = _counts(lines)
        self.rows = [_shown(line) for line in lines if _belongs(line.status, self._show)]
        self.loaded = True

    @rx.event
    @for_staff
    async def start(self, form: dict):
        """Ask for the run of the form, or say all that is wrong with it."""
        typed, day = answer(form, "run_type"), date_answer(form, "settlement_date")
        if day is None or typed not in set(RunType):
            self.problems = _unreadable(form)
            return rx.set_focus("error-summary")
        try:
            run = await ask(
                settlement_runs.request_run,
                actor=await here(self),
                settlement_date=day,
                run_type=RunType(typed),
                reason=answer(form, "reason"),
                now=clock(),
            )
        except RunRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        self.problems = {}
        return rx.redirect(f"/staff/runs/run?run={run.public_id}")


@dataclass(frozen=True, slots=True)
class _Line:
    """One run that there is or that is due; without a day where no timetable names it."""

    settlement_date: date
    run_type: RunType
    run_on: date | None
    payment_on: date | None
    status: DueStatus
    run: Run | None


def _line(due: RunOnTimetable) -> _Line:
    return _Line(due.settlement_date, due.run_type, due.run_on, due.payment_on, due.status, due.run)


def _line_off(run: Run) -> _Line:
    status = due_status(run.settlement_date, run.state, run.settlement_date)
    return _Line(run.settlement_date, run.run_type, None, None, status, run)


def _unreadable(form: object) -> dict[str, str]:
    """All that is wrong with a form whose date or run cannot be read."""
    found = {
        "settlement_date": None
        if date_answer(form, "settlement_date")
        else "Enter a real date, such as 18 11 2026",
        "run_type": None
        if answer(form, "run_type") in set(RunType)
        else "Select which run to make",
        "reason": reason_problem(tidy(answer(form, "reason"))),
    }
    return {field: problem for field, problem in found.items() if problem}


def _belongs(status: DueStatus, show: str) -> bool:
    if show == "all":
        return True
    if show == "ahead":
        return status is DueStatus.AHEAD
    if show == "done":
        return status is DueStatus.DONE
    return status not in {DueStatus.AHEAD, DueStatus.DONE}


def _most_urgent_first(line: _Line) -> tuple[int, int, date, int]:
    """By urgency, then by the day it is due; what is done has the latest first."""
    day = (line.run_on or line.settlement_date).toordinal()
    order = -day if line.status is DueStatus.DONE else day
    return _URGENCY.index(line.status), order, line.settlement_date, line.run_type.order


def _counts(lines: list[_Line]) -> list[dict[str, str]]:
    """How many stand in each status that somebody has to look after."""
    watched = [each for each in _URGENCY if each not in {DueStatus.AHEAD, DueStatus.DONE}]
    return [
        {
            "label": STATUS_WORDS[status][0],
            "value": str(sum(line.status is status for line in lines)),
            "tone": STATUS_WORDS[status][1],
        }
        for status in watched
    ]


def _shown(line: _Line) -> dict[str, str]:
    """One run in words."""
    words, tone = STATUS_WORDS[line.status]
    run = line.run
    return {
        "settlement_date": spoken_date(line.settlement_date),
        "run": run_words(line.run_type),
        "run_on": spoken_date(line.run_on) if line.run_on else "Not on the timetable",
        "payment_on": spoken_date(line.payment_on) if line.payment_on else "–",
        "status": words,
        "tone": tone,
        "number": f"Run {run.run_number}" if run else "Not asked for yet",
        "href": f"/staff/runs/run?run={run.public_id}" if run else "",
        "asked_by": run.requested_by if run else "–",
        "published_by": (run.published_by if run else "") or "–",
    }

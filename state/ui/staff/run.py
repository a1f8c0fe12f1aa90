"""One Settlement Run on the staff's screen: its progress, what it found, and publishing it."""

from datetime import datetime
from typing import Final

import reflex as rx

from state.domain.actor import Actor
from state.domain.dates import spoken_date, spoken_moment
from state.domain.permissions import Permission
from state.domain.quantity_words import quantity_name
from state.domain.run_steps import run_steps
from state.domain.settlement_runs import PENDING, WITH_RESULTS, RunState
from state.domain.settlement_words import run_words
from state.domain.stage_risks import STAGE_OF_DEFAULT, DefaultTaken, StageRisk, stage_risks
from state.services import settlement_publication, settlement_risks, settlement_runs
from state.services.ingest import StoreBusyError
from state.services.settlement_runs import Run, RunDetail, RunRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, here
from state.ui.staff.run_parties import run_parties
from state.ui.staff.stage_bars import riskiest_words, stage_lines, stage_name

STATE_TONES: Final[dict[RunState, str]] = {
    RunState.REQUESTED: "info",
    RunState.COMPUTING: "info",
    RunState.COMPUTED: "warn",
    RunState.PUBLISHED: "good",
    RunState.SUPERSEDED: "plain",
    RunState.HELD: "bad",
    RunState.FAILED: "bad",
}
_NOT_DONE: Final = {
    RunState.HELD: "No: the run was held",
    RunState.FAILED: "No: the run failed",
    RunState.SUPERSEDED: "No: a later run was",
}
_LONGEST_ID: Final = 40


class OneRunState(rx.State):
    """What the record says of one run, and what may be done with it."""

    loaded: bool = False
    run: dict[str, str] = {}
    is_pending: bool = False
    steps: list[dict[str, str]] = []
    holds: list[dict[str, str]] = []
    events: list[dict[str, str]] = []
    stages: list[dict[str, str]] = []
    inputs: list[dict[str, str]] = []
    frames: list[dict[str, str]] = []
    parties: list[dict[str, str]] = []
    parties_left_out: str = ""
    may_publish: bool = False
    may_start: bool = False
    not_by_you: str = ""
    riskiest: str = ""
    problems: dict[str, str] = {}
    done: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read the run that the address names."""
        self.problems, self.done = {}, ""
        return OneRunState.look

    @rx.event
    @for_staff
    async def look(self):
        """Look again: a run goes on by itself."""
        actor = await here(self)
        public_id = str(self.router.url.query_parameters.get("run", ""))[:_LONGEST_ID]
        try:
            found = await ask(settlement_runs.run_detail, actor=actor, public_id=public_id)
        except RunRefusedError:
            self.run, self.is_pending, self.loaded = {}, False, True
            return
        held = await ask(settlement_risks.runs_held_lately, actor=actor, now=clock())
        _show(self, found, stage_risks(_taken(found), held))
        self.parties, self.parties_left_out = (
            await run_parties(actor, public_id) if found.frames else ([], "")
        )
        self.may_start = actor.may(Permission.SETTLEMENT_RUN_START) and not self.is_pending
        self.may_publish = (
            actor.may(Permission.SETTLEMENT_RUN_PUBLISH) and found.run.state is RunState.COMPUTED
        )
        self.not_by_you = await _why_not(actor, public_id) if self.may_publish else ""

    @rx.event
    @for_staff
    async def publish(self):
        """Publish the run: the second pair of eyes."""
        public_id = self.run.get("public_id", "")
        try:
            run = await ask(
                settlement_publication.publish_run,
                actor=await here(self),
                public_id=public_id,
                now=clock(),
            )
        except RunRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        except StoreBusyError:
            self.problems = {"": "The public datasets are being added to. Publish it again."}
            return rx.set_focus("error-summary")
        self.problems = {}
        self.done = f"{_name(run)} is published. Companies and the public see it now."
        return OneRunState.look

    @rx.event
    @for_staff
    async def again(self, form: dict):
        """Ask for a new run of the same date and type."""
        actor = await here(self)
        public_id = self.run.get("public_id", "")
        try:
            found = await ask(settlement_runs.run_detail, actor=actor, public_id=public_id)
            run = await ask(
                settlement_runs.request_run,
                actor=actor,
                settlement_date=found.run.settlement_date,
                run_type=found.run.run_type,
                reason=answer(form, "reason"),
                now=clock(),
            )
        except RunRefusedError as refused:
            self.problems = _of_this_form(refused)
            return rx.set_focus("error-summary")
        return rx.redirect(f"/staff/runs/run?run={run.public_id}")


async def _why_not(actor: Actor, public_id: str) -> str:
    """Why the person at this screen cannot publish the run; empty where they can."""
    reasons = await ask(
        settlement_publication.reasons_not_to_publish, actor=actor, public_id=public_id
    )
    return " ".join(f"{each.reason}." for each in reasons)


def _of_this_form(refused: RunRefusedError) -> dict[str, str]:
    """The form asks for a reason alone: what is wrong with the date or the type has no box."""
    others = [each.reason for each in refused.reasons if each.field != "reason"]
    problems = {each.field: each.reason for each in refused.reasons if each.field == "reason"}
    return problems | ({"": ". ".join(others)} if others else {})


def _show(screen: OneRunState, found: RunDetail, risks: tuple[StageRisk, ...]) -> None:
    screen.run = _shown(found)
    screen.is_pending = found.run.state in PENDING
    screen.steps = [
        {"name": step.name, "state": step.place, "words": step.words}
        for step in run_steps(found.run.state, was_published=found.run.published_at is not None)
    ]
    screen.holds = [_hold(each) for each in found.holds]
    screen.events = [_event(each) for each in found.events]
    screen.stages = stage_lines(found.stages, risks)
    screen.riskiest = riskiest_words(risks)
    screen.inputs = [_frame(each.name, each.rows, each.sha256) for each in found.inputs]
    screen.frames = [_frame(each.quantity, each.rows, each.sha256) for each in found.frames]
    screen.loaded = True


def _frame(name: str, rows: int, sha256: str) -> dict[str, str]:
    return {"name": quantity_name(name), "rows": f"{rows:,}", "hash": sha256[:12]}


def _taken(found: RunDetail) -> list[DefaultTaken]:
    return [DefaultTaken(each.code, each.count, each.amount or 0.0) for each in found.events]


def _name(run: Run) -> str:
    return f"{run_words(run.run_type)} of {spoken_date(run.settlement_date)}, run {run.run_number}"


def _shown(found: RunDetail) -> dict[str, str]:
    run = found.run
    other = run.supersedes or run.restates
    return {
        "public_id": run.public_id,
        "title": f"Settlement Date {spoken_date(run.settlement_date)}",
        "over": f"{run_words(run.run_type)}, run {run.run_number}",
        "state": run.state.capitalize(),
        "tone": STATE_TONES[run.state],
        "reason": run.reason,
        "requested": f"{spoken_moment(run.requested_at)}, by {run.requested_by}",
        "computed": _at(run.computed_at) or _NOT_DONE.get(run.state, "Not yet"),
        "published": f"{_at(run.published_at)}, by {run.published_by}"
        if run.published_at
        else _NOT_DONE.get(run.state, "Not yet"),
        "superseded": f"Superseded on {_at(run.superseded_at)}" if run.superseded_at else "",
        "known_as_of": spoken_moment(found.known_as_of),
        "rulebook": found.rulebook,
        "fingerprint": found.fingerprint or "–",
        "inputs_digest": found.inputs_digest or "–",
        "result_digest": run.result_digest or "–",
        "attempt": str(found.attempt),
        "fault": found.fault_reference or "",
        "no_compare": "This run has no figures"
        if other
        else "No run of this date was published before",
        "compare": f"/staff/runs/compare?before={other}&after={run.public_id}"
        if other and run.state in WITH_RESULTS
        else "",
        "prices": f"/insights/price-stack?date={run.settlement_date}&period=1"
        if run.state is RunState.PUBLISHED
        else "",
    }


def _at(moment: datetime | None) -> str:
    return spoken_moment(moment) if moment else ""


def _hold(hold: settlement_runs.RunHold) -> dict[str, str]:
    where = [quantity_name(hold.source)]
    where += [f"row {hold.row:,}"] if hold.row is not None else []
    where += [f"column {hold.column}"] if hold.column else []
    return {"what": hold.what, "where": ", ".join(where), "cure": hold.cure}


def _event(event: settlement_runs.RunEvent) -> dict[str, str]:
    amount = "" if event.amount is None else f"{event.amount:,.3f} {event.unit or ''}".strip()
    return {
        "what": event.what,
        "stage": stage_name(STAGE_OF_DEFAULT.get(event.code, event.code)),
        "count": f"{event.count:,}",
        "amount": amount or "–",
    }

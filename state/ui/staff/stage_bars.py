"""The stages of a run as lines of a bar chart, and what speaks against each."""

from collections.abc import Sequence
from typing import Final

from state.domain.price_steps import megawatt_hours
from state.domain.quantity_words import quantity_name
from state.domain.stage_risks import CHECKS, StageRisk
from state.services.settlement_runs import RunStage

STAGES_SHOWN: Final = 12
"""The slowest stages have a bar of their own, and so has each with a risk; the rest is one line."""

_NAMES: Final = {
    CHECKS: "Checks of what was given",
    "read inputs": "Reading what was given",
    "write results": "Writing the results",
    "found worked out before": "Found, worked out before",
}


def stage_lines(stages: Sequence[RunStage], risks: Sequence[StageRisk]) -> list[dict[str, str]]:
    """The slowest stages first, as shares of the slowest; what is quick and sound goes together."""
    against = {risk.stage: risk for risk in risks}
    slow = sorted(stages, key=lambda stage: -stage.seconds)
    shown = [
        stage for place, stage in enumerate(slow) if place < STAGES_SHOWN or stage.name in against
    ]
    longest = max((stage.seconds for stage in shown), default=0.0) or 1.0
    lines = [
        {
            "name": stage_name(stage.name),
            "width": f"{100 * stage.seconds / longest:.1f}",
            "value": _milliseconds(stage.seconds),
            "note": f"{stage.rows:,} rows" if stage.rows else "",
            "risk": _risk(against[stage.name]) if stage.name in against else "",
        }
        for stage in shown
    ]
    rest = [stage for stage in slow if stage not in shown]
    if rest:
        seconds = _milliseconds(sum(stage.seconds for stage in rest))
        name = f"{len(rest)} quicker stages together"
        lines.append({"name": name, "width": "", "value": seconds, "note": "", "risk": ""})
    return lines


def stage_name(stage: str) -> str:
    """A stage as people read it: most are named after the quantity that they work out."""
    return _NAMES.get(stage) or quantity_name(stage)


def riskiest_words(risks: Sequence[StageRisk]) -> str:
    """The stage to look at first, and why."""
    if not risks:
        return "No stage used a default, and none held a run in the last 30 days."
    return f"The riskiest stage is {stage_name(risks[0].stage)}: it {_risk(risks[0])}."


def _risk(risk: StageRisk) -> str:
    said = []
    if risk.held_runs:
        said.append(f"held {_counted(risk.held_runs, 'run')} in the last 30 days")
    if risk.defaults:
        energy = f" over {megawatt_hours(risk.amount_mwh)}" if risk.amount_mwh else ""
        said.append(f"used {_counted(risk.defaults, 'default')}{energy}")
    return ", ".join(said)


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:,.0f} ms"

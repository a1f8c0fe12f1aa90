"""Two runs of a Settlement Date side by side: who is better off, when, and by which charge."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.domain.settlement_differences import Differences, differences
from state.domain.settlement_runs import WITH_RESULTS
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.queries.settlement_figures import figures_of
from state.persistence.transaction import reading
from state.services.settlement_runs import Run, RunRefusedError, needed, shown

CASHFLOWS: Final = "party_cashflow"


@dataclass(frozen=True, slots=True)
class RunComparison:
    """Two runs, and everything about which they differ."""

    before: Run
    after: Run
    differences: Differences


def compare_runs(*, actor: Actor, before: str, after: str) -> RunComparison:
    """Compare two runs of one date by their public ids.

    Raises:
        RunRefusedError: There is no such run, one has no figures, or they are of two dates.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        first, second = needed(session, before), needed(session, after)
        refuse_incomparable(session, first, second)
        sides = [
            figures_of(session, run.id or 0).scan(CASHFLOWS).collect() for run in (first, second)
        ]
        earlier, later = shown(session, (first, second))
    return RunComparison(earlier, later, differences(*sides))


def refuse_incomparable(
    session: Session,  # noqa: ARG001  # a piece of a service, inside the picture that it holds
    first: SettlementRunRow,
    second: SettlementRunRow,
) -> None:
    """Go on only with two runs of one date that have figures.

    Raises:
        RunRefusedError: Every reason why they cannot be compared.
    """
    reasons = [
        Refusal(field, f"The run is {run.state}: it has no figures")
        for field, run in (("before", first), ("after", second))
        if run.state not in WITH_RESULTS
    ]
    if first.settlement_date != second.settlement_date:
        reasons.append(Refusal("after", "The two runs are of different Settlement Dates"))
    if reasons:
        raise RunRefusedError(tuple(reasons))

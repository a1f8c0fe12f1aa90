"""Where a settlement can go wrong: stages that had to use a default, and those that held runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from settlement_engine.trading_charges import TRADING_CHARGES

CHECKS: Final = "checks"
"""The stage that holds a run when what was given contradicts itself or is not whole."""

STAGE_OF_DEFAULT: Final[dict[str, str]] = {
    "zero_notification": "expected_metered_volume",
    "zero_baseline": "expected_metered_volume",
    "beyond_outermost_pair": "accepted_volume",
    "unpriced_adjustment": "ranked_stack",
    "no_loss_adjustment": "transmission_loss_adjustment",
    "no_market_price": "replacement_price",
    "unbalanced_contracts": "energy_imbalance_volume",
}
"""Which quantity takes each default in place of what was not given, by the event's code."""


@dataclass(frozen=True, slots=True)
class DefaultTaken:
    """One kind of default of a run: how often, and how much energy it touched."""

    code: str
    count: int
    amount_mwh: float


@dataclass(frozen=True, slots=True)
class StageRisk:
    """What speaks against a stage: defaults of this run, and runs that it held lately."""

    stage: str
    defaults: int = 0
    amount_mwh: float = 0.0
    held_runs: int = 0


def stage_of_hold(source: str) -> str:
    """The stage at which a run was held for a reason that names this frame."""
    return CHECKS if source in TRADING_CHARGES.given else source


def stage_risks(
    taken: Iterable[DefaultTaken], held_runs: Mapping[str, int]
) -> tuple[StageRisk, ...]:
    """Every stage with something against it, the riskiest first.

    A stage that held runs goes before one that had a default to go on with; among those, the more
    energy was touched, the riskier.
    """
    defaults = [(STAGE_OF_DEFAULT.get(each.code, each.code), each) for each in taken]
    found = [
        StageRisk(
            stage,
            defaults=sum(each.count for at, each in defaults if at == stage),
            amount_mwh=sum(each.amount_mwh for at, each in defaults if at == stage),
            held_runs=held_runs.get(stage, 0),
        )
        for stage in {at for at, _ in defaults} | held_runs.keys()
    ]
    return tuple(
        sorted(
            found, key=lambda risk: (-risk.held_runs, -risk.amount_mwh, -risk.defaults, risk.stage)
        )
    )

"""A settlement in words: runs by their names, who pays whom, amounts as people read them."""

from decimal import Decimal
from typing import Final

from settlement_engine.runs import RunType
from state.domain.price_steps import MINUS
from state.domain.settlement_differences import Charge

RUN_NAMES: Final[dict[RunType, str]] = {
    RunType.II: "Interim Information",
    RunType.SF: "Initial Settlement",
    RunType.R1: "First Reconciliation",
    RunType.R2: "Second Reconciliation",
    RunType.R3: "Third Reconciliation",
    RunType.RF: "Final Reconciliation",
    RunType.DF: "Post-Final Settlement",
}
"""What each kind of Settlement Run is called."""

CHARGE_MEANINGS: Final[dict[str, str]] = {
    "bm_unit_cashflow_gbp": "What your units are paid, or pay, for offers and bids accepted",
    "non_delivery_charge_gbp": "Takes back what was gained where accepted energy did not come",
    "energy_imbalance_cashflow_gbp": "Energy beyond or short of your contracts, at the price",
    "information_imbalance_charge_gbp": "Metered against what was notified; the price is zero",
    "residual_cashflow_gbp": "Your share of what all imbalances brought in",
}
"""One sentence on each Trading Charge, by its column."""

PAID, PAYS, NOTHING = "You are paid", "You pay", "Nothing"


def run_words(run_type: RunType) -> str:
    """`Interim Information (II)`."""
    return f"{RUN_NAMES[run_type]} ({run_type.value})"


def source_words(source_run: str) -> str:
    """The run that a published figure names, in words; any other source as it names itself."""
    return run_words(RunType(source_run)) if source_run in set(RunType) else source_run


def to_party(charge: Charge, amount: float) -> float:
    """The amount as the Party sees it: positive is paid to it."""
    return amount if charge.paid_to_party or amount == 0 else -amount


def direction(amount_to_party: float) -> str:
    """Who pays, of an amount that is positive where the Party is paid."""
    pence = round(amount_to_party, 2)
    return NOTHING if pence == 0 else PAID if pence > 0 else PAYS


def direction_by(says: str, value: Decimal) -> str:
    """Who pays, of a figure in its own sign, where its column says whose side is positive."""
    if "Party is paid" in says:
        return direction(float(value))
    return direction(-float(value)) if "Party pays" in says else ""


def better_or_worse(difference_to_party: float) -> str:
    """What a change comes to for the Party."""
    pence = round(difference_to_party, 2)
    if pence == 0:
        return "No change"
    return "Better for you" if pence > 0 else "Worse for you"


def figure(value: float | Decimal | None, digits: int, before: str = "") -> str:
    """`−£1,234.56` with a true minus sign; a zero never carries one, and nothing is a dash."""
    if value is None:
        return "–"
    size = f"{abs(value):,.{digits}f}"
    sign = MINUS if value < 0 and size.strip("0.,") else ""
    return f"{sign}{before}{size}"


def exactly(value: Decimal, digits: int, before: str = "") -> str:
    """All the digits that the engine counted, at least `digits` of them."""
    counted = -int(value.normalize().as_tuple().exponent)
    return figure(value, max(digits, counted), before)

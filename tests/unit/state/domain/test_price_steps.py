"""The sentences of a price: each says what its step did to this very stack."""

from decimal import Decimal
from typing import Any

import polars as pl

from state.domain.price_steps import RulesInForce, megawatt_hours, pounds, price_steps

RULES = RulesInForce(Decimal("0.1"), Decimal(1), Decimal(1))


def action(name: str, volume: float, price: float | None = 80.0, **changes: Any) -> dict[str, Any]:
    """An action that stays whole, unless said otherwise."""
    row = {
        "action_id": name,
        "side": "buy" if volume > 0 else "sell",
        "volume_mwh": volume,
        "so_flag": False,
        "cadl_flag": False,
        "first_stage_flag": False,
        "second_stage_flag": False,
        "price_weight_per_unit": 1.0,
        "volume_after_de_minimis_mwh": volume,
        "volume_after_arbitrage_mwh": volume,
        "volume_after_net_imbalance_mwh": volume,
        "volume_after_price_average_mwh": 0.0,
        "final_price_gbp_per_mwh": price,
    }
    return row | changes


def sentences(*actions: dict[str, Any], price: float = 80.0, volume: float = 10.0) -> list[str]:
    paid = {"system_buy_price_gbp_per_mwh": price, "net_imbalance_volume_mwh": volume}
    stack = pl.DataFrame(list(actions), infer_schema_length=None)
    return [step.sentence for step in price_steps(stack, paid, RULES)]


def test_a_quiet_stack_loses_nothing() -> None:
    said = sentences(action("a", 10.0, volume_after_price_average_mwh=1.0))
    assert said == [
        (
            "The System Operator took 1 action: 1 bought 10 MWh, 0 sold 0 MWh. Each side stands in "
            "order of cost to the system, the cheapest in the middle."
        ),
        "No action is smaller than 0.1 MWh, so all stay.",
        "No buy was as cheap as a sell, so there was nothing to cancel out.",
        "No action was taken for reasons other than energy, so all keep their price.",
        (
            "10 MWh of buys stand against 0 MWh of sells and cancel out, the dearest buys first. "
            "What is left is the net imbalance volume: 10 MWh. The system was short."
        ),
        "No action without a price is left, so no Replacement Price is needed.",
        "Only the dearest 1 MWh of what is left (PAR) make the price: 1 MWh from 1 action.",
        "Weighted for losses, they cost £80.00 for a megawatt-hour: the price.",
    ]


def test_each_step_counts_what_it_took() -> None:
    nothing = {
        "volume_after_de_minimis_mwh": 0.0,
        "volume_after_arbitrage_mwh": 0.0,
        "volume_after_net_imbalance_mwh": 0.0,
    }
    said = sentences(
        action("small", 0.05, **nothing),
        action("cheap", 5.0, 20.0, volume_after_arbitrage_mwh=3.0),
        action("good", -2.0, 30.0, volume_after_arbitrage_mwh=0.0),
        action(
            "flagged",
            -8.0,
            20.0,
            so_flag=True,
            first_stage_flag=True,
            second_stage_flag=True,
            volume_after_net_imbalance_mwh=-5.0,
        ),
        action("energy", -1.0, 25.0, volume_after_price_average_mwh=-1.0),
        price=24.5,
        volume=-6.0,
    )
    assert said[1] == "1 action of less than 0.1 MWh left the stack: 0.05 MWh in all."
    assert said[2].startswith("2 MWh was bought at or below the price that as much was sold for.")
    assert said[3].startswith(
        "1 action may have been taken for reasons other than energy (1 for the network, by the "
        "System Operator's flag, 8 MWh; none for minutes only, by the CADL); 1 act"
    )
    assert "−6 MWh. The system was long." in said[4]
    assert said[5] == (
        "1 action without a price (5 MWh) take £20.00: the average of the dearest 1 MWh of energy "
        "actions left (RPAR)."
    )
    assert said[7] == (
        "Weighted for losses, they cost £25.00 for a megawatt-hour. With the Sell-Price Adjuster "
        "of −£0.50 the price is £24.50."
    )


def test_a_balanced_stack_takes_the_market_price() -> None:
    gone = {"volume_after_net_imbalance_mwh": 0.0}
    said = sentences(action("a", 4.0, **gone), action("b", -4.0, **gone), price=61.0, volume=0.0)
    assert said[4].endswith("The system was in balance.")
    assert said[7].endswith("£61.00.")


def test_figures_have_a_true_minus_sign_and_no_negative_nought() -> None:
    assert megawatt_hours(-1234.5) == "−1,234.5 MWh"
    assert megawatt_hours(-0.0001) == "0 MWh"
    assert pounds(-3.949) == "−£3.95"
    assert pounds(-0.001) == "£0.00"

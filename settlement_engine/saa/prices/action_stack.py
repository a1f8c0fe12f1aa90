"""Action Stack: every action in the order of the stack and what became of it, step by step."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.net_imbalance_tagging import NetImbalanceTagging
from settlement_engine.saa.prices.price_average_tagging import PriceAverageTagging


class ActionStack(NetImbalanceTagging):
    """One row an action, whether or not it had a say in the price."""

    volume_after_price_average_mwh = frames.volume(says="Volume left after PAR tagging")
    final_price_gbp_per_mwh = frames.price(
        nullable=True, says="Price of the action in the end; null: it never had one"
    )


def all_steps(
    net_imbalance_tagging: dy.LazyFrame[NetImbalanceTagging],
    price_average_tagging: dy.LazyFrame[PriceAverageTagging],
) -> dy.LazyFrame[ActionStack]:
    """Actions that fell out on the way keep their price and have no volume in the average."""
    averaged = price_average_tagging.select(
        "stack_place", "volume_after_price_average_mwh", "final_price_gbp_per_mwh"
    )
    return (
        net_imbalance_tagging.set_sorted("stack_place")
        .join_asof(averaged.set_sorted("stack_place"), on="stack_place", tolerance=0)
        .with_columns(
            pl.col("volume_after_price_average_mwh").fill_null(0),
            pl.col("final_price_gbp_per_mwh").fill_null(pl.col("stack_price_gbp_per_mwh")),
        )
        .pipe(ActionStack.cast)
    )


action_stack = Rule(
    "action_stack",
    produces=ActionStack,
    versions=(Version(date(2009, 11, 5), all_steps, modification="P217A", source="Annex T-1"),),
)

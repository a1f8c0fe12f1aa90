"""What became of the volume of each action of the stack, in the words of the Settlement Report."""

from typing import Final

import polars as pl

from settlement_engine.reports.reported_day import PERIOD, ReportedDay, total

OUTCOMES: Final = ("tagged", "repriced", "originally_priced")
_LEFT: Final = pl.col("volume_after_net_imbalance_mwh")


def stack_outcomes(day: ReportedDay) -> pl.DataFrame:
    """Each action of the day with its volume in three parts that add up to it.

    Tagged: dropped as too small, against another side's action, or against the imbalance.
    Repriced: left, at the Replacement Price. Originally priced: left, at its own price. (Which
    tagging counts is [K].)
    """
    return day.system("action_stack").with_columns(
        tagged_volume_mwh=pl.col("volume_mwh") - _LEFT,
        repriced_volume_mwh=pl.when("second_stage_flag").then(_LEFT).otherwise(0.0),
        originally_priced_volume_mwh=pl.when("second_stage_flag").then(0.0).otherwise(_LEFT),
    )


def totals_by_kind(day: ReportedDay) -> pl.DataFrame:
    """The three parts summed by period over accepted bids and offers and over adjustments."""
    sums = [
        total(pl.col(f"{outcome}_volume_mwh").filter(pl.col("action_type") == action_type)).alias(
            f"total_{outcome}_{words}_volume_mwh"
        )
        for action_type, words in _KINDS.items()
        for outcome in OUTCOMES
    ]
    whole = [
        total(pl.col("volume_mwh").filter(pl.col("action_type") == f"{side}_adjustment")).alias(
            f"total_{side}_adjustment_volume_mwh"
        )
        for side in ("buy", "sell")
    ]
    against_imbalance = total(pl.col("volume_after_arbitrage_mwh").abs() - _LEFT.abs())
    return (
        stack_outcomes(day)
        .group_by(PERIOD)
        .agg(*sums, *whole, total_net_imbalance_tagged_volume_mwh=against_imbalance)
    )


_KINDS: Final = {
    "bid": "accepted_bid",
    "offer": "accepted_offer",
    "sell_adjustment": "sell_adjustment",
    "buy_adjustment": "buy_adjustment",
}

"""Net Imbalance Tagging: buys and sells balance each other out; what is left is the imbalance."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.net_imbalance_volume import NetImbalanceVolume
from settlement_engine.saa.prices.second_stage_flag import SecondStageFlag
from settlement_engine.saa.prices.stack import IS_BUY, with_cheapest, with_period


class NetImbalanceTagging(SecondStageFlag):
    """The stack with what is left of each action; it adds up to the Net Imbalance Volume."""

    volume_after_net_imbalance_mwh = frames.volume(says="Volume left after NIV tagging")


def dearest_balance_out(
    second_stage_flag: dy.LazyFrame[SecondStageFlag],
    net_imbalance_volume: dy.LazyFrame[NetImbalanceVolume],
) -> dy.LazyFrame[NetImbalanceTagging]:
    """The smaller side goes whole; the larger keeps its cheapest |NIV_j| MWh, ties pro rata."""
    left = pl.col("volume_after_arbitrage_mwh")
    imbalance = pl.col("net_imbalance_volume_mwh")
    keep = pl.when(IS_BUY).then(imbalance).otherwise(-imbalance).clip(0)
    return (
        second_stage_flag.pipe(with_period, net_imbalance_volume, "net_imbalance_volume_mwh")
        .pipe(with_cheapest, left.abs(), keep, price="stack_price_gbp_per_mwh", into="kept")
        .with_columns(volume_after_net_imbalance_mwh=left.sign() * pl.col("kept"))
        .pipe(NetImbalanceTagging.cast)
    )


net_imbalance_tagging = Rule(
    "net_imbalance_tagging",
    produces=NetImbalanceTagging,
    versions=(
        Version(
            date(2009, 11, 5),
            dearest_balance_out,
            modification="P217A",
            source="Annex T-1 paragraphs 9 and 14",
        ),
    ),
)

"""Replacement Price: what a flagged action that survives is taken to have cost."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import SystemPeriod
from settlement_engine.rounding import VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.market_price import MarketPrice
from settlement_engine.saa.prices.net_imbalance_tagging import NetImbalanceTagging
from settlement_engine.saa.prices.stack import PERIOD, with_dearest


class ReplacementPrice(SystemPeriod):
    """One row for each period in which a second-stage flagged action survives NIV tagging."""

    replacement_price_gbp_per_mwh = frames.price("RP_j", says="Price of the flagged actions left")
    averaged_volume_mwh = frames.volume(
        says="Volume it was averaged over; none: it is the Market Price"
    )


def dearest_unflagged_left(
    net_imbalance_tagging: dy.LazyFrame[NetImbalanceTagging],
    market_price: dy.LazyFrame[MarketPrice],
    replacement_price_average_reference_mwh: Decimal,
) -> dy.LazyFrame[ReplacementPrice]:
    """RP_j = sum(v x p) / sum(v) over the dearest RPAR MWh of unflagged actions left.

    No loss multiplier takes part. Where no unflagged action is left it is the Market Price, and 0
    where there is none.
    """
    reference = rounding.whole(replacement_price_average_reference_mwh, VOLUME_DIGITS)
    left = net_imbalance_tagging.filter(pl.col("volume_after_net_imbalance_mwh") != 0)
    cost, total = pl.col("cost"), pl.col("total")
    return (
        left.filter("second_stage_flag")
        .select(PERIOD)
        .unique()
        .join(_averages(left, reference), on=PERIOD, how="left")
        .join(market_price, on=PERIOD, how="left")
        .select(
            *PERIOD,
            replacement_price_gbp_per_mwh=pl.when(total > 0)
            .then(rounding.quotient(cost, total))
            .otherwise(pl.col("market_price_gbp_per_mwh").fill_null(0)),
            averaged_volume_mwh=total.fill_null(0),
        )
        .sort(PERIOD)
        .pipe(ReplacementPrice.cast)
    )


def _averages(left: pl.LazyFrame, reference: int) -> pl.LazyFrame:
    """Cost and volume of the dearest `reference` of unflagged volume, period by period."""
    size = pl.col("volume_after_net_imbalance_mwh").abs()
    volume = pl.col("averaged").cast(pl.Int128)
    return (
        left.filter(~pl.col("second_stage_flag"))
        .pipe(
            with_dearest,
            size,
            pl.lit(reference),
            price="stack_price_gbp_per_mwh",
            into="averaged",
        )
        .group_by(PERIOD)
        .agg(cost=(volume * pl.col("stack_price_gbp_per_mwh")).sum(), total=volume.sum())
    )


replacement_price = Rule(
    "replacement_price",
    produces=ReplacementPrice,
    versions=(
        Version(
            date(2009, 11, 5),
            dearest_unflagged_left,
            modification="P217A",
            source="Annex T-1 paragraphs 10 and 15",
        ),
    ),
    made_by={"net_imbalance_tagging": pl.col("volume_after_net_imbalance_mwh") != 0},
)

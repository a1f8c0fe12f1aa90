"""Price Average Tagging: the most expensive MWh that are left make the price."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.rounding import VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.net_imbalance_tagging import NetImbalanceTagging
from settlement_engine.saa.prices.replacement_price import ReplacementPrice
from settlement_engine.saa.prices.stack import (
    cost,
    side_of_place,
    with_dearest,
    with_period,
)


class PriceAverageTagging(NetImbalanceTagging):
    """The actions that survived NIV tagging, with what the price is averaged over."""

    final_price_gbp_per_mwh = frames.price(says="Price of the action in the average")
    volume_after_price_average_mwh = frames.volume(says="Volume left after PAR tagging")


def dearest_after_replacement(
    net_imbalance_tagging: dy.LazyFrame[NetImbalanceTagging],
    replacement_price: dy.LazyFrame[ReplacementPrice],
    price_average_reference_mwh: Decimal,
) -> dy.LazyFrame[PriceAverageTagging]:
    """Flagged actions take RP_j, all are ranked again, the dearest PAR MWh stay, ties pro rata."""
    reference = pl.lit(rounding.whole(price_average_reference_mwh, VOLUME_DIGITS))
    left, final = pl.col("volume_after_net_imbalance_mwh"), "final_price_gbp_per_mwh"
    return (
        net_imbalance_tagging.filter(left != 0)
        .pipe(with_period, replacement_price, "replacement_price_gbp_per_mwh")
        .with_columns(
            pl.when("second_stage_flag")
            .then("replacement_price_gbp_per_mwh")
            .otherwise("stack_price_gbp_per_mwh")
            .alias(final)
        )
        .sort(side_of_place(), cost(final), "stack_place")
        .pipe(with_dearest, left.abs(), reference, price=final, into="kept")
        .with_columns(volume_after_price_average_mwh=left.sign() * pl.col("kept"))
        .sort("stack_place")
        .pipe(PriceAverageTagging.cast)
    )


price_average_tagging = Rule(
    "price_average_tagging",
    produces=PriceAverageTagging,
    versions=(
        Version(
            date(2009, 11, 5),
            dearest_after_replacement,
            modification="P217A",
            source="Annex T-1 paragraphs 11 and 16",
        ),
    ),
)

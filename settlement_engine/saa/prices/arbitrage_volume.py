"""Arbitrage Volume: what the system bought no dearer than it sold, and so cancels out."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import SystemPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.de_minimis_tagging import DeMinimisTagging
from settlement_engine.saa.prices.stack import IS_BUY, PERIOD, side_of_place, with_period


class ArbitrageVolume(SystemPeriod):
    """One row for each period in which buys and sells cross."""

    arbitrage_volume_mwh = frames.volume(says="Volume removed from either side")


def crossing_of_the_curves(
    de_minimis_tagging: dy.LazyFrame[DeMinimisTagging],
) -> dy.LazyFrame[ArbitrageVolume]:
    """The largest x at which the x-th MWh bought costs no more than the x-th MWh sold brings.

    Buys rise in price and sells fall, so the two curves cross once. They are compared on every
    stretch between the volumes at which either changes. Unpriced actions take no part.
    """
    buy_price, sell_price = pl.col("buy_price"), pl.col("sell_price")
    return (
        _candidates(de_minimis_tagging)
        .with_columns(upto=pl.col("size").cum_sum().over(side_of_place()))
        .sort("_period", "upto")
        .with_columns(
            pl.when(IS_BUY).then("price").backward_fill().over("_period").alias("buy_price"),
            pl.when(~IS_BUY).then("price").backward_fill().over("_period").alias("sell_price"),
        )
        .filter(buy_price <= sell_price)
        .group_by(PERIOD)
        .agg(arbitrage_volume_mwh=pl.col("upto").max())
        .sort(PERIOD)
        .pipe(ArbitrageVolume.cast)
    )


def _candidates(actions: pl.LazyFrame) -> pl.LazyFrame:
    """The few actions on the wrong side of the other side's cheapest price."""
    price = pl.col("stack_price_gbp_per_mwh")
    left = actions.filter(pl.col("volume_after_de_minimis_mwh") != 0, price.is_not_null()).select(
        *PERIOD,
        "side",
        "stack_place",
        price=price,
        size=pl.col("volume_after_de_minimis_mwh").abs(),
    )
    edges = left.group_by(PERIOD).agg(
        cheapest_buy=pl.col("price").filter(IS_BUY).min(),
        cheapest_sell=pl.col("price").filter(~IS_BUY).max(),
    )
    crossing = (
        pl.when(IS_BUY)
        .then(pl.col("price") <= pl.col("cheapest_sell"))
        .otherwise(pl.col("price") >= pl.col("cheapest_buy"))
    )
    return left.pipe(with_period, edges, "cheapest_buy", "cheapest_sell").filter(crossing)


arbitrage_volume = Rule(
    "arbitrage_volume",
    produces=ArbitrageVolume,
    versions=(
        Version(
            date(2009, 11, 5),
            crossing_of_the_curves,
            modification="P217A",
            source="Annex T-1 paragraphs 7 and 13",
        ),
    ),
    made_by={"de_minimis_tagging": pl.col("volume_after_de_minimis_mwh") != 0},
)

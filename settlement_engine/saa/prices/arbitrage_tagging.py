"""Arbitrage Tagging: the cheapest buys and sells give up the volume that cancels out."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.arbitrage_volume import ArbitrageVolume
from settlement_engine.saa.prices.de_minimis_tagging import DeMinimisTagging
from settlement_engine.saa.prices.stack import with_cheapest, with_period


class ArbitrageTagging(DeMinimisTagging):
    """The stack with what is left of each action; positive buys, negative sells."""

    volume_after_arbitrage_mwh = frames.volume(says="Volume left after arbitrage tagging")


def cheapest_cancel(
    de_minimis_tagging: dy.LazyFrame[DeMinimisTagging],
    arbitrage_volume: dy.LazyFrame[ArbitrageVolume],
) -> dy.LazyFrame[ArbitrageTagging]:
    """Either side loses its cheapest MWh, up to the Arbitrage Volume; equal prices pro rata."""
    left = pl.col("volume_after_de_minimis_mwh")
    cancelled = pl.col("arbitrage_volume_mwh").fill_null(0)
    return (
        de_minimis_tagging.pipe(with_period, arbitrage_volume, "arbitrage_volume_mwh")
        .pipe(with_cheapest, left.abs(), cancelled, price="stack_price_gbp_per_mwh", into="removed")
        .with_columns(volume_after_arbitrage_mwh=left - left.sign() * pl.col("removed"))
        .pipe(ArbitrageTagging.cast)
    )


arbitrage_tagging = Rule(
    "arbitrage_tagging",
    produces=ArbitrageTagging,
    versions=(
        Version(
            date(2009, 11, 5),
            cheapest_cancel,
            modification="P217A",
            source="Annex T-1 paragraphs 7 and 13",
        ),
    ),
)

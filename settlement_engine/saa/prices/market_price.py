"""Market Price: what a MWh cost on the short-term markets."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import SystemPeriod
from settlement_engine.given import MarketIndex
from settlement_engine.rounding import VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.stack import PERIOD


class MarketPrice(SystemPeriod):
    """Zero, of zero volume, where no provider is liquid enough."""

    market_price_gbp_per_mwh = frames.price("MIP_j", says="Average of the providers that count")
    eligible_volume_mwh = frames.volume("QXP_j", says="Volume of the providers that count")


def liquid_providers_by_volume(
    market_index: dy.LazyFrame[MarketIndex], individual_liquidity_threshold_mwh: Decimal
) -> dy.LazyFrame[MarketPrice]:
    """MIP_j = sum(QXP_mj x PXP_mj) / sum(QXP_mj) over providers m with QXP_mj >= ILT; else 0.

    Rounded to pence, as the item is published.
    """
    threshold = rounding.whole(individual_liquidity_threshold_mwh, VOLUME_DIGITS)
    volume, price = pl.col("volume_mwh").cast(pl.Int128), pl.col("price_gbp_per_mwh")
    counts = (pl.col("volume_mwh") >= threshold) & (pl.col("volume_mwh") > 0)
    cost, total = pl.col("cost"), pl.col("total")
    return (
        market_index.group_by(PERIOD)
        .agg(cost=(volume * price).filter(counts).sum(), total=volume.filter(counts).sum())
        .select(
            *PERIOD,
            market_price_gbp_per_mwh=pl.when(total > 0)
            .then(rounding.pence(cost, total))
            .otherwise(0),
            eligible_volume_mwh=total,
        )
        .sort(PERIOD)
        .pipe(MarketPrice.cast)
    )


market_price = Rule(
    "market_price",
    produces=MarketPrice,
    versions=(
        Version(date(2003, 3, 11), liquid_providers_by_volume, modification="P78", source="T4.3A"),
    ),
)

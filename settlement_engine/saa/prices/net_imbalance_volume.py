"""Net Imbalance Volume: how far the system was short or long."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import SystemPeriod
from settlement_engine.given import MeteredVolumes
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.arbitrage_tagging import ArbitrageTagging
from settlement_engine.saa.prices.market_price import MarketPrice
from settlement_engine.saa.prices.stack import PERIOD


class NetImbalanceVolume(SystemPeriod):
    """Positive: the system was short and bought on balance; negative: long."""

    net_imbalance_volume_mwh = frames.volume("NIV_j", says="Positive is short, negative is long")


def buys_less_sells(
    arbitrage_tagging: dy.LazyFrame[ArbitrageTagging],
    market_price: dy.LazyFrame[MarketPrice],
    metered_volumes: dy.LazyFrame[MeteredVolumes],
) -> dy.LazyFrame[NetImbalanceVolume]:
    """NIV_j = sum of the buys - sum of the sells that are left, flagged or not.

    A period without an action balanced itself: 0. It is one that was metered, or one of a day
    with actions that has a Market Price.
    """
    acted = arbitrage_tagging.group_by(PERIOD).agg(
        net_imbalance_volume_mwh=pl.col("volume_after_arbitrage_mwh").sum()
    )
    priced = market_price.select(PERIOD).join(acted, on="settlement_date", how="semi")
    balanced = (
        pl.concat([priced, metered_volumes.select(PERIOD)])
        .unique()
        .join(acted, on=PERIOD, how="anti")
        .with_columns(net_imbalance_volume_mwh=pl.lit(0, pl.Int64))
    )
    return pl.concat([acted, balanced]).sort(PERIOD).pipe(NetImbalanceVolume.cast)


net_imbalance_volume = Rule(
    "net_imbalance_volume",
    produces=NetImbalanceVolume,
    versions=(
        Version(
            date(2009, 11, 5),
            buys_less_sells,
            modification="P217A",
            source="Annex T-1 paragraphs 9 and 14",
            may_lack=frozenset({"metered_volumes"}),
        ),
    ),
    made_by={"arbitrage_tagging": pl.col("volume_after_arbitrage_mwh") != 0},
)

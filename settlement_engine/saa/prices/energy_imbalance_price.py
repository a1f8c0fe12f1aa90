"""Energy Imbalance Price: what a MWh of imbalance costs, or earns."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import SystemPeriod
from settlement_engine.given import PriceAdjusters
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.market_price import MarketPrice
from settlement_engine.saa.prices.net_imbalance_volume import NetImbalanceVolume
from settlement_engine.saa.prices.price_average_tagging import PriceAverageTagging
from settlement_engine.saa.prices.stack import PERIOD


class EnergyImbalancePrice(SystemPeriod):
    """Short accounts buy at the first price, long accounts sell at the second.

    Derivation code: P short, N long, K balanced at the Market Price, L balanced without one. The
    codes A to J of days before 5 November 2015 are not in the sources: it is null then.
    """

    system_buy_price_gbp_per_mwh = frames.price("SBP_j", says="Price of a MWh an account is short")
    system_sell_price_gbp_per_mwh = frames.price("SSP_j", says="Price of a MWh an account is long")
    net_imbalance_volume_mwh = frames.volume("NIV_j", says="Positive is short, negative is long")
    price_derivation_code = dy.String(
        nullable=True, regex="^[PNKL]$", description="How the price came about"
    )


def dual_price(
    net_imbalance_volume: dy.LazyFrame[NetImbalanceVolume],
    price_average_tagging: dy.LazyFrame[PriceAverageTagging],
    market_price: dy.LazyFrame[MarketPrice],
    price_adjusters: dy.LazyFrame[PriceAdjusters],
) -> dy.LazyFrame[EnergyImbalancePrice]:
    """The main price is SBP_j when short and SSP_j when long; the other is the Market Price.

    Main price = sum(v x p x TLM) / sum(v x TLM) over the PAR volume, + BPA_j or + SPA_j. SBP_j is
    never below SSP_j: a Market Price on the wrong side of the main price gives way to it, as does
    one without volume. A balanced system has the Market Price on both sides.
    """
    imbalance, main = pl.col("net_imbalance_volume_mwh"), pl.col("main_price")
    has_market = pl.col("eligible_volume_mwh").fill_null(0) > 0
    reverse = pl.when(has_market).then("market_price_gbp_per_mwh").otherwise(main)
    return (
        _with_main_price(net_imbalance_volume, price_average_tagging, market_price, price_adjusters)
        .with_columns(
            system_buy_price_gbp_per_mwh=pl.when(imbalance < 0)
            .then(pl.max_horizontal(main, reverse))
            .otherwise(main),
            system_sell_price_gbp_per_mwh=pl.when(imbalance > 0)
            .then(pl.min_horizontal(main, reverse))
            .otherwise(main),
            price_derivation_code=pl.lit(None, pl.String),
        )
        .sort(PERIOD)
        .pipe(EnergyImbalancePrice.cast)
    )


def single_price(
    net_imbalance_volume: dy.LazyFrame[NetImbalanceVolume],
    price_average_tagging: dy.LazyFrame[PriceAverageTagging],
    market_price: dy.LazyFrame[MarketPrice],
    price_adjusters: dy.LazyFrame[PriceAdjusters],
) -> dy.LazyFrame[EnergyImbalancePrice]:
    """SBP_j = SSP_j = sum(v x p x TLM) / sum(v x TLM) over the PAR volume, + BPA_j or + SPA_j.

    BPA_j when short, SPA_j when long. A balanced system (NIV_j = 0) takes the Market Price.
    """
    return (
        _with_main_price(net_imbalance_volume, price_average_tagging, market_price, price_adjusters)
        .with_columns(
            system_buy_price_gbp_per_mwh="main_price",
            system_sell_price_gbp_per_mwh="main_price",
            price_derivation_code=_derivation(),
        )
        .sort(PERIOD)
        .pipe(EnergyImbalancePrice.cast)
    )


def _with_main_price(
    imbalances: pl.LazyFrame,
    averaged: pl.LazyFrame,
    market_price: pl.LazyFrame,
    adjusters: pl.LazyFrame,
) -> pl.LazyFrame:
    """Each period with the price of the side the system was on, or the Market Price."""
    imbalance = pl.col("net_imbalance_volume_mwh")
    average = rounding.quotient(pl.col("cost"), pl.col("weight"))
    adjuster = (
        pl.when(imbalance > 0)
        .then("buy_price_adjuster_gbp_per_mwh")
        .otherwise("sell_price_adjuster_gbp_per_mwh")
    )
    price = (
        pl.when(imbalance == 0)
        .then(pl.col("market_price_gbp_per_mwh").fill_null(0))
        .otherwise(average + adjuster.fill_null(0))
    )
    return (
        imbalances.join(_averaged(averaged), on=PERIOD, how="left")
        .join(market_price, on=PERIOD, how="left")
        .join(adjusters, on=PERIOD, how="left")
        .with_columns(main_price=price)
    )


def _averaged(actions: pl.LazyFrame) -> pl.LazyFrame:
    """Cost and weight of the actions that make the price, period by period."""
    weight = pl.col("volume_after_price_average_mwh").abs().cast(pl.Int128) * pl.col(
        "price_weight_per_unit"
    )
    return (
        actions.filter(pl.col("volume_after_price_average_mwh") != 0)
        .group_by(PERIOD)
        .agg(cost=(weight * pl.col("final_price_gbp_per_mwh")).sum(), weight=weight.sum())
    )


def _derivation() -> pl.Expr:
    imbalance = pl.col("net_imbalance_volume_mwh")
    return (
        pl.when(imbalance > 0)
        .then(pl.lit("P"))
        .when(imbalance < 0)
        .then(pl.lit("N"))
        .when(pl.col("eligible_volume_mwh").fill_null(0) > 0)
        .then(pl.lit("K"))
        .otherwise(pl.lit("L"))
    )


energy_imbalance_price = Rule(
    "energy_imbalance_price",
    produces=EnergyImbalancePrice,
    versions=(
        Version(date(2009, 11, 5), dual_price, modification="P217A", source="T4.4"),
        Version(date(2015, 11, 5), single_price, modification="P305", source="T4.4.2, T4.4.3"),
    ),
    made_by={"price_average_tagging": pl.col("volume_after_price_average_mwh") != 0},
)

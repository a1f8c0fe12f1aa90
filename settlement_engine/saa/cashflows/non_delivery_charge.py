"""Non-Delivery Charge: takes back what a Party would gain by not delivering."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import BM_UNIT_PERIOD, BidOfferPairPeriod, SystemPeriod
from settlement_engine.rounding import FACTOR_DIGITS, MONEY_DIGITS, PRICE_DIGITS, VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.accepted_pair_cashflow import AcceptedPairCashflow
from settlement_engine.saa.cashflows.non_delivered_volume import NonDeliveredVolume
from settlement_engine.saa.prices.energy_imbalance_price import EnergyImbalancePrice


class NonDeliveryCharge(BidOfferPairPeriod):
    """One row for each pair with energy that did not come; positive: the Party pays."""

    non_delivered_offer_volume_mwh = frames.volume("QNDO^n_ij", lowest=0, says="Of the pair")
    non_delivered_bid_volume_mwh = frames.volume("QNDB^n_ij", says="Of the pair; never positive")
    non_delivery_charge_gbp = frames.money("CND^n_ij", lowest=0, says="The Party pays")


def best_paid_first(
    accepted_pair_cashflow: dy.LazyFrame[AcceptedPairCashflow],
    non_delivered_volume: dy.LazyFrame[NonDeliveredVolume],
    energy_imbalance_price: dy.LazyFrame[EnergyImbalancePrice],
) -> dy.LazyFrame[NonDeliveryCharge]:
    """CND^n = QNDO^n x max(PO^n - SBP, 0) x TLM + QNDB^n x min(PB^n - SSP, 0) x TLM.

    QNDO is laid on the pairs from the highest offer price down, QNDB from the lowest bid price
    up, each up to what was accepted of it; pairs of one price share pro rata.
    """
    offer_gain = pl.col("offer_price_gbp_per_mwh") - pl.col("system_buy_price_gbp_per_mwh")
    bid_gain = pl.col("bid_price_gbp_per_mwh") - pl.col("system_sell_price_gbp_per_mwh")
    offers, bids = pl.col("non_delivered_offer_volume_mwh"), pl.col("non_delivered_bid_volume_mwh")
    return (
        accepted_pair_cashflow.join(
            non_delivered_volume.filter((offers != 0) | (bids != 0)), on=BM_UNIT_PERIOD
        )
        .pipe(_laid_on_pairs, "offer", first=-pl.col("offer_price_gbp_per_mwh"))
        .pipe(_laid_on_pairs, "bid", first=pl.col("bid_price_gbp_per_mwh"))
        .filter((offers != 0) | (bids != 0))
        .join(energy_imbalance_price, on=SystemPeriod.column_names())
        .with_columns(
            non_delivery_charge_gbp=_charge(offers, offer_gain.clip(lower_bound=0))
            + _charge(bids, bid_gain.clip(upper_bound=0))
        )
        .pipe(NonDeliveryCharge.cast)
    )


def _laid_on_pairs(pairs: pl.LazyFrame, side: str, *, first: pl.Expr) -> pl.LazyFrame:
    """The unit's non-delivered volume of a side in place of it by pair, lowest `first` first."""
    total = f"non_delivered_{side}_volume_mwh"
    sign = -1 if side == "bid" else 1
    new_unit = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in BM_UNIT_PERIOD)
    upto, size = pl.col("upto"), pl.col("size")
    before_level, level = pl.col("before_level"), pl.col("upto_level") - pl.col("before_level")
    return (
        pairs.with_columns(rank=first, size=pl.col(f"accepted_{side}_volume_mwh").abs())
        .sort(*BM_UNIT_PERIOD, "rank", "pair_number")
        .with_columns(upto=size.cum_sum(), new_unit=new_unit.fill_null(value=True))
        .with_columns(new_level=pl.col("new_unit") | (pl.col("rank") != pl.col("rank").shift()))
        .with_columns(
            before_unit=pl.when("new_unit").then(upto - size).forward_fill(),
            before_level=pl.when("new_level").then(upto - size).forward_fill(),
            upto_level=pl.when(pl.col("new_level").shift(-1, fill_value=True))
            .then(upto)
            .backward_fill(),
        )
        .with_columns(
            laid=(pl.col(total).abs() - (before_level - pl.col("before_unit"))).clip(0, level)
        )
        .with_columns(
            (
                sign
                * (_share(upto - before_level, level) - _share(upto - size - before_level, level))
            ).alias(total)
        )
        .drop(
            "rank", "size", "upto", "new_unit", "new_level", "before_unit", "before_level",
            "upto_level", "laid",
        )
    )  # fmt: skip


def _share(part: pl.Expr, level: pl.Expr) -> pl.Expr:
    """What the first `part` of a level of one price bears of what is laid on the level."""
    whole = pl.when(level > 0).then(level).cast(pl.Int128)
    return rounding.quotient(part.cast(pl.Int128) * pl.col("laid"), whole).fill_null(0)


def _charge(volume: pl.Expr, gain: pl.Expr) -> pl.Expr:
    return rounding.product(
        (volume, VOLUME_DIGITS),
        (gain, PRICE_DIGITS),
        (pl.col("transmission_loss_multiplier_per_unit"), FACTOR_DIGITS),
        digits=MONEY_DIGITS,
    )


non_delivery_charge = Rule(
    "non_delivery_charge",
    produces=NonDeliveryCharge,
    versions=(Version(date(2001, 3, 27), best_paid_first, modification="NETA", source="T4.8"),),
)

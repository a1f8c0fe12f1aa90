"""Accepted Pair Cashflow: what accepted offers and bids are paid, pair by pair."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import BM_UNIT_PERIOD, BidOfferPairPeriod
from settlement_engine.given import BidOfferData
from settlement_engine.rounding import FACTOR_DIGITS, MONEY_DIGITS, PRICE_DIGITS, VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.transmission_loss_multiplier import TransmissionLossMultiplier
from settlement_engine.saa.volumes.accepted_volume import AcceptedVolume
from settlement_engine.saa.volumes.pair_prices import prices_of


class AcceptedPairCashflow(BidOfferPairPeriod):
    """One row for each pair of a unit that was accepted in the period; positive: it is paid."""

    accepted_offer_volume_mwh = frames.volume("QAO^n_ij", says="Moved up, all acceptances")
    accepted_bid_volume_mwh = frames.volume("QAB^n_ij", says="Moved down, all acceptances")
    offer_price_gbp_per_mwh = frames.price("PO^n_ij", says="Price of more output")
    bid_price_gbp_per_mwh = frames.price("PB^n_ij", says="Price of less output")
    transmission_loss_multiplier_per_unit = frames.factor("TLM_ij", says="Loss multiplier")
    offer_cashflow_gbp = frames.money("CO^n_ij", says="Positive: the Party is paid")
    bid_cashflow_gbp = frames.money("CB^n_ij", says="Positive: the Party is paid")


def volume_at_price(
    accepted_volume: dy.LazyFrame[AcceptedVolume],
    bid_offer_data: dy.LazyFrame[BidOfferData],
    transmission_loss_multiplier: dy.LazyFrame[TransmissionLossMultiplier],
) -> dy.LazyFrame[AcceptedPairCashflow]:
    """CO^n_ij = QAO^n_ij x PO^n_ij x TLM_ij, CB^n_ij = QAB^n_ij x PB^n_ij x TLM_ij.

    QAB is negative, so a bid at a positive price costs the Party.
    """
    key = [*BM_UNIT_PERIOD, "pair_number"]
    volumes = ["accepted_offer_volume_mwh", "accepted_bid_volume_mwh"]
    return (
        accepted_volume.group_by(key)
        .agg(pl.col(volumes).sum())
        .join(prices_of(bid_offer_data, accepted_volume), on=key)
        .join(transmission_loss_multiplier, on=BM_UNIT_PERIOD)
        .with_columns(
            offer_cashflow_gbp=_cashflow(volumes[0], "offer_price_gbp_per_mwh"),
            bid_cashflow_gbp=_cashflow(volumes[1], "bid_price_gbp_per_mwh"),
        )
        .pipe(AcceptedPairCashflow.cast)
    )


def _cashflow(volume: str, price: str) -> pl.Expr:
    return rounding.product(
        (pl.col(volume), VOLUME_DIGITS),
        (pl.col(price), PRICE_DIGITS),
        (pl.col("transmission_loss_multiplier_per_unit"), FACTOR_DIGITS),
        digits=MONEY_DIGITS,
    )


accepted_pair_cashflow = Rule(
    "accepted_pair_cashflow",
    produces=AcceptedPairCashflow,
    versions=(
        Version(date(2001, 3, 27), volume_at_price, modification="NETA", source="T3.11, T3.12"),
    ),
)

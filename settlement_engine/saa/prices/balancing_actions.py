"""Balancing Actions: all that the System Operator bought and sold in a period."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import BM_UNIT_PERIOD
from settlement_engine.given import (
    AdjustmentActions,
    BalancingActions,
    BidOfferData,
    DemandControl,
)
from settlement_engine.rounding import FACTOR_DIGITS, MULTIPLIER_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.transmission_loss_multiplier import TransmissionLossMultiplier
from settlement_engine.saa.volumes.accepted_volume import AcceptedVolume
from settlement_engine.saa.volumes.continuous_acceptance import ContinuousAcceptance
from settlement_engine.saa.volumes.pair_prices import prices_of


def accepted_and_adjusted(
    accepted_volume: dy.LazyFrame[AcceptedVolume],
    bid_offer_data: dy.LazyFrame[BidOfferData],
    continuous_acceptance: dy.LazyFrame[ContinuousAcceptance],
    transmission_loss_multiplier: dy.LazyFrame[TransmissionLossMultiplier],
    adjustment_actions: dy.LazyFrame[AdjustmentActions],
) -> dy.LazyFrame[BalancingActions]:
    """Each QAO^kn at PO^n, each QAB^kn at PB^n, each QBSA at its cost for each MWh.

    An offer on a negative pair takes that pair's offer price, a bid on a positive pair its bid
    price. An adjustment without a cost has no price. One of no volume is a placeholder.
    """
    accepted = _accepted(
        accepted_volume, bid_offer_data, continuous_acceptance, transmission_loss_multiplier
    )
    return _together(accepted, _adjusted(adjustment_actions))


def demand_control_too(
    accepted_volume: dy.LazyFrame[AcceptedVolume],
    bid_offer_data: dy.LazyFrame[BidOfferData],
    continuous_acceptance: dy.LazyFrame[ContinuousAcceptance],
    transmission_loss_multiplier: dy.LazyFrame[TransmissionLossMultiplier],
    adjustment_actions: dy.LazyFrame[AdjustmentActions],
    demand_control: dy.LazyFrame[DemandControl],
) -> dy.LazyFrame[BalancingActions]:
    """Each QAO^kn at PO^n, each QAB^kn at PB^n, each QBSA at its cost, and demand control.

    An offer on a negative pair takes that pair's offer price, a bid on a positive pair its bid
    price. An adjustment without a cost has no price. One of no volume is a placeholder. Each
    instruction of demand control is a buy whose price is set later (VoLL).
    """
    accepted = _accepted(
        accepted_volume, bid_offer_data, continuous_acceptance, transmission_loss_multiplier
    )
    controlled = demand_control.filter(pl.col("volume_mwh") > 0).with_columns(
        action_type=pl.lit("demand_control"), price_gbp_per_mwh=pl.lit(None)
    )
    return _together(accepted, _adjusted(adjustment_actions), controlled)


def _accepted(
    volumes: pl.LazyFrame, pairs: pl.LazyFrame, flags: pl.LazyFrame, losses: pl.LazyFrame
) -> pl.LazyFrame:
    key = [*BM_UNIT_PERIOD, "pair_number"]
    priced = volumes.join(prices_of(pairs, volumes), on=key)
    sides = [
        priced.filter(pl.col(f"accepted_{side}_volume_mwh") != 0).with_columns(
            action_type=pl.lit(side),
            volume_mwh=pl.col(f"accepted_{side}_volume_mwh"),
            price_gbp_per_mwh=pl.col(f"{side}_price_gbp_per_mwh"),
        )
        for side in ("offer", "bid")
    ]
    surplus: int = 10 ** (FACTOR_DIGITS - MULTIPLIER_DIGITS)
    published = rounding.quotient(
        pl.col("transmission_loss_multiplier_per_unit").cast(pl.Int128),
        pl.lit(surplus, pl.Int128),
    )
    return (
        pl.concat(sides)
        .join(flags, on=[*BM_UNIT_PERIOD, "acceptance_number"])
        .join(losses, on=BM_UNIT_PERIOD)
        .with_columns(
            action_id=pl.format(
                "{}/{}/{}/{}", "bm_unit", "acceptance_number", "pair_number", "action_type"
            ),
            transmission_loss_multiplier_per_unit=published,
        )
    )


def _adjusted(adjustments: pl.LazyFrame) -> pl.LazyFrame:
    volume = pl.col("volume_mwh")
    # a cost in 1e-8 over a volume in 1e-9 is a price in 10 GBP/MWh: 1e-5 of it is a millionth
    cost = pl.col("cost_gbp").cast(pl.Int128) * 1_000_000 * volume.sign()
    kind = pl.when(volume > 0).then(pl.lit("buy_adjustment"))
    return adjustments.filter(volume != 0).with_columns(
        action_type=kind.otherwise(pl.lit("sell_adjustment")),
        price_gbp_per_mwh=rounding.quotient(cost, volume.abs()),
    )


def _together(*parts: pl.LazyFrame) -> dy.LazyFrame[BalancingActions]:
    """The parts in one frame; a column that a part lacks takes its neutral value."""
    whole = [frames.complete(part, BalancingActions) for part in parts]
    return pl.concat(whole).pipe(BalancingActions.cast)


balancing_actions = Rule(
    "balancing_actions",
    produces=BalancingActions,
    versions=(
        Version(
            date(2001, 3, 27),
            accepted_and_adjusted,
            modification="NETA",
            source="T3.11, T3.12, Q6.3.2, Q6.3.2A",
        ),
        Version(date(2015, 11, 5), demand_control_too, modification="P305", source="Q6.9, T3"),
    ),
)

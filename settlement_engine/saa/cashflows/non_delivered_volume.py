"""Non-Delivered Volume: accepted energy that did not come."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import BM_UNIT_PERIOD, BmUnitPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.accepted_pair_cashflow import AcceptedPairCashflow
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.volumes.expected_metered_volume import ExpectedMeteredVolume


class NonDeliveredVolume(BmUnitPeriod):
    """One row for each unit with accepted energy in the period."""

    non_delivered_offer_volume_mwh = frames.volume("QNDO_ij", lowest=0, says="Never negative")
    non_delivered_bid_volume_mwh = frames.volume("QNDB_ij", says="Never positive")


def shortfall_within_the_accepted(
    accepted_pair_cashflow: dy.LazyFrame[AcceptedPairCashflow],
    expected_metered_volume: dy.LazyFrame[ExpectedMeteredVolume],
    delivery_mode: dy.LazyFrame[DeliveryMode],
) -> dy.LazyFrame[NonDeliveredVolume]:
    """QNDO_ij = min(max(QME_ij - QM_ij, 0), sum over n of QAO^n_ij).

    QNDB_ij = max(min(QME_ij - QM_ij, 0), sum over n of QAB^n_ij).
    """
    gap = pl.col("expected_metered_volume_mwh") - pl.col("actual_volume_mwh")
    return (
        accepted_pair_cashflow.group_by(BM_UNIT_PERIOD)
        .agg(pl.col("accepted_offer_volume_mwh", "accepted_bid_volume_mwh").sum())
        .join(expected_metered_volume, on=BM_UNIT_PERIOD)
        .join(delivery_mode.select(*BM_UNIT_PERIOD, "actual_volume_mwh"), on=BM_UNIT_PERIOD)
        .with_columns(
            non_delivered_offer_volume_mwh=pl.min_horizontal(
                gap.clip(lower_bound=0), "accepted_offer_volume_mwh"
            ),
            non_delivered_bid_volume_mwh=pl.max_horizontal(
                gap.clip(upper_bound=0), "accepted_bid_volume_mwh"
            ),
        )
        .pipe(NonDeliveredVolume.cast)
    )


non_delivered_volume = Rule(
    "non_delivered_volume",
    produces=NonDeliveredVolume,
    versions=(
        Version(
            date(2001, 3, 27), shortfall_within_the_accepted, modification="NETA", source="T4.8"
        ),
    ),
)

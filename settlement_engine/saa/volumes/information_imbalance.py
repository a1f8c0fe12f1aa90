"""Information Imbalance: how far a unit was from what it had said."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import BM_UNIT_PERIOD, BmUnitPeriod
from settlement_engine.rounding import MONEY_DIGITS, PRICE_DIGITS, VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.volumes.expected_metered_volume import ExpectedMeteredVolume


class InformationImbalance(BmUnitPeriod):
    """The charge has always been zero, for its price has."""

    information_imbalance_volume_mwh = frames.volume("QII_ij", lowest=0, says="Size of the gap")
    information_imbalance_charge_gbp = frames.money("CII_ij", says="Positive: the Party pays")


def metered_against_expected(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    expected_metered_volume: dy.LazyFrame[ExpectedMeteredVolume],
    information_imbalance_price_gbp_per_mwh: Decimal,
) -> dy.LazyFrame[InformationImbalance]:
    """QII_ij = |QM_ij - QME_ij|, CII_ij = QII_ij x IIP_j."""
    gap = pl.col("actual_volume_mwh") - pl.col("expected_metered_volume_mwh")
    price = pl.lit(rounding.whole(information_imbalance_price_gbp_per_mwh, PRICE_DIGITS))
    volume = pl.col("information_imbalance_volume_mwh")
    return (
        delivery_mode.join(expected_metered_volume, on=BM_UNIT_PERIOD)
        .with_columns(information_imbalance_volume_mwh=gap.abs())
        .with_columns(
            information_imbalance_charge_gbp=rounding.product(
                (volume, VOLUME_DIGITS), (price, PRICE_DIGITS), digits=MONEY_DIGITS
            )
        )
        .pipe(InformationImbalance.cast)
    )


information_imbalance = Rule(
    "information_imbalance",
    produces=InformationImbalance,
    versions=(
        Version(date(2001, 3, 27), metered_against_expected, modification="NETA", source="T4.3"),
    ),
)

"""Transmission Loss Adjustment: what delivering and offtaking units bear of the losses."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import SystemPeriod
from settlement_engine.rounding import FACTOR_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.delivery_mode import DeliveryMode

_TRANSMISSION_LOSS_FACTOR = pl.col("transmission_loss_factor_per_unit")
_NO_FACTOR = pl.lit(0, pl.Int64)
_EVERY_UNIT = pl.lit(value=True)
_NO_INTERCONNECTOR = pl.col("unit_type") != "I"


class TransmissionLossAdjustment(SystemPeriod):
    """Zero for a side that has no volume."""

    delivering_adjustment_per_unit = frames.factor("TLMO+_j", says="For delivering Trading Units")
    offtaking_adjustment_per_unit = frames.factor("TLMO-_j", says="For offtaking Trading Units")
    total_metered_volume_mwh = frames.energy_total(says="Losses: the sum of QM over all units")
    delivering_volume_mwh = frames.energy_total(
        says="Sum of QM over the delivering units that count"
    )
    offtaking_volume_mwh = frames.energy_total(says="Sum of QM over the offtaking units that count")


def uniform(
    delivery_mode: dy.LazyFrame[DeliveryMode], delivering_share_of_losses_per_unit: Decimal
) -> dy.LazyFrame[TransmissionLossAdjustment]:
    """TLMO+ = -alpha x sum(QM) / sum+(QM), TLMO- = (alpha - 1) x sum(QM) / sum-(QM).

    Sum+ and sum- go over the units of delivering and of offtaking Trading Units.
    """
    return _adjustment(
        delivery_mode,
        delivering_share_of_losses_per_unit,
        counts=_EVERY_UNIT,
        factor=_NO_FACTOR,
    )


def uniform_without_interconnectors(
    delivery_mode: dy.LazyFrame[DeliveryMode], delivering_share_of_losses_per_unit: Decimal
) -> dy.LazyFrame[TransmissionLossAdjustment]:
    """TLMO+ = -alpha x sum(QM) / sum+(QM), TLMO- = (alpha - 1) x sum(QM) / sum-(QM).

    Sum+ and sum- go over the units of delivering and of offtaking Trading Units, but leave out
    interconnector units, which bear no losses (P278). Sum(QM) goes over all units.
    """
    return _adjustment(
        delivery_mode,
        delivering_share_of_losses_per_unit,
        counts=_NO_INTERCONNECTOR,
        factor=_NO_FACTOR,
    )


def zonal(
    delivery_mode: dy.LazyFrame[DeliveryMode], delivering_share_of_losses_per_unit: Decimal
) -> dy.LazyFrame[TransmissionLossAdjustment]:
    """TLMO+ = -(alpha x sum(QM) + sum+(QM x TLF)) / sum+(QM).

    TLMO- = ((alpha - 1) x sum(QM) - sum-(QM x TLF)) / sum-(QM). Sum(QM) goes over all units,
    sum+ and sum- leave out interconnector units.
    """
    return _adjustment(
        delivery_mode,
        delivering_share_of_losses_per_unit,
        counts=_NO_INTERCONNECTOR,
        factor=_TRANSMISSION_LOSS_FACTOR,
    )


def _adjustment(
    units: pl.LazyFrame, share: Decimal, *, counts: pl.Expr, factor: pl.Expr
) -> dy.LazyFrame[TransmissionLossAdjustment]:
    metered = pl.col("metered_volume_mwh").cast(pl.Int128)
    weighted = metered * factor.cast(pl.Int128)
    delivering, offtaking = counts & pl.col("is_delivering"), counts & ~pl.col("is_delivering")
    borne: int = rounding.whole(share, FACTOR_DIGITS)
    total, rest = pl.col("total_metered_volume_mwh"), borne - 10**FACTOR_DIGITS
    return (
        units.group_by(SystemPeriod.column_names())
        .agg(
            total_metered_volume_mwh=metered.sum(),
            delivering_volume_mwh=metered.filter(delivering).sum(),
            offtaking_volume_mwh=metered.filter(offtaking).sum(),
            delivering_weighted=weighted.filter(delivering).sum(),
            offtaking_weighted=weighted.filter(offtaking).sum(),
        )
        .with_columns(
            delivering_adjustment_per_unit=_per_volume(
                -1 * (total * borne + pl.col("delivering_weighted")), "delivering_volume_mwh"
            ),
            offtaking_adjustment_per_unit=_per_volume(
                total * rest - pl.col("offtaking_weighted"), "offtaking_volume_mwh"
            ),
        )
        .pipe(TransmissionLossAdjustment.cast)
    )


def _per_volume(amount: pl.Expr, volume: str) -> pl.Expr:
    """The amount for each MWh of the volume, which may be negative; zero where there is none."""
    size = pl.col(volume)
    exact = rounding.quotient(amount * size.sign(), pl.when(size != 0).then(size.abs()))
    return exact.fill_null(0)


transmission_loss_adjustment = Rule(
    "transmission_loss_adjustment",
    produces=TransmissionLossAdjustment,
    versions=(
        Version(date(2001, 3, 27), uniform, modification="NETA", source="T2.3"),
        Version(
            date(2012, 11, 29), uniform_without_interconnectors, modification="P278", source="T2.3"
        ),
        Version(date(2018, 4, 1), zonal, modification="P350", source="T2.3, Annex T-2"),
    ),
)

"""Transmission Loss Multiplier: what a metered MWh counts for once losses are shared out."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import BmUnitPeriod, SystemPeriod
from settlement_engine.rounding import FACTOR_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.losses.transmission_loss_adjustment import TransmissionLossAdjustment

_ONE: int = 10**FACTOR_DIGITS


class TransmissionLossMultiplier(BmUnitPeriod):
    """One row for each registered unit and period."""

    transmission_loss_multiplier_per_unit = frames.factor(
        "TLM_ij", lowest=0, says="What a metered MWh of the unit counts for"
    )


def one_and_the_adjustment(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    transmission_loss_adjustment: dy.LazyFrame[TransmissionLossAdjustment],
) -> dy.LazyFrame[TransmissionLossMultiplier]:
    """TLM_ij = 1 + TLMO+_j where the Trading Unit delivers, 1 + TLMO-_j where it takes."""
    return _multiplier(delivery_mode, transmission_loss_adjustment, _ONE + _adjustment())


def one_for_interconnectors(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    transmission_loss_adjustment: dy.LazyFrame[TransmissionLossAdjustment],
) -> dy.LazyFrame[TransmissionLossMultiplier]:
    """TLM_ij = 1 + TLMO+_j or 1 + TLMO-_j; 1 for interconnector units (P278)."""
    return _multiplier(
        delivery_mode, transmission_loss_adjustment, _unless_interconnector(_ONE + _adjustment())
    )


def with_the_factor_of_the_zone(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    transmission_loss_adjustment: dy.LazyFrame[TransmissionLossAdjustment],
) -> dy.LazyFrame[TransmissionLossMultiplier]:
    """TLM_ij = 1 + TLF_ij + TLMO+_j or TLMO-_j; 1 for interconnector units, whatever their TLF."""
    own = _ONE + pl.col("transmission_loss_factor_per_unit") + _adjustment()
    return _multiplier(delivery_mode, transmission_loss_adjustment, _unless_interconnector(own))


def _adjustment() -> pl.Expr:
    return (
        pl.when("is_delivering")
        .then("delivering_adjustment_per_unit")
        .otherwise("offtaking_adjustment_per_unit")
    )


def _unless_interconnector(multiplier: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("unit_type") == "I").then(_ONE).otherwise(multiplier)


def _multiplier(
    units: pl.LazyFrame, adjustment: pl.LazyFrame, multiplier: pl.Expr
) -> dy.LazyFrame[TransmissionLossMultiplier]:
    return (
        units.join(adjustment, on=SystemPeriod.column_names())
        .with_columns(transmission_loss_multiplier_per_unit=multiplier)
        .pipe(TransmissionLossMultiplier.cast)
    )


transmission_loss_multiplier = Rule(
    "transmission_loss_multiplier",
    produces=TransmissionLossMultiplier,
    versions=(
        Version(date(2001, 3, 27), one_and_the_adjustment, modification="NETA", source="T2.4"),
        Version(date(2012, 11, 29), one_for_interconnectors, modification="P278", source="T2.4"),
        Version(date(2018, 4, 1), with_the_factor_of_the_zone, modification="P350", source="T2.4"),
    ),
)

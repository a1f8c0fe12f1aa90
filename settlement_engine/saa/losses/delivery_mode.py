"""Delivery Mode: which units are in a Trading Unit that gives energy to the system."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.cra.registered_bm_unit import RegisteredBmUnit
from settlement_engine.frames import BM_UNIT_PERIOD, ENERGY_ACCOUNTS, BmUnitPeriod
from settlement_engine.given import SECONDARY_TYPE, UNIT_TYPES, DeliveredVolumes, MeteredVolumes
from settlement_engine.rule import Rule, Version


class DeliveryMode(BmUnitPeriod):
    """One row for each registered unit and period, with what it was metered at."""

    party_id = dy.String(description="Lead Party")
    energy_account = dy.Enum(
        list(ENERGY_ACCOUNTS), description="Account that its energy counts for, by its P/C status"
    )
    trading_unit = dy.String(description="Trading Unit the unit belongs to")
    unit_type = dy.Enum(list(UNIT_TYPES), description="Type of BM Unit")
    transmission_loss_factor_per_unit = frames.factor("TLF_ij", says="Transmission Loss Factor")
    metered_volume_mwh = frames.volume("QM_ij", says="Metered volume; positive exports")
    actual_volume_mwh = frames.volume(
        says="What the unit did: metered, or delivered by a Secondary BM Unit"
    )
    trading_unit_metered_volume_mwh = frames.volume(says="Metered volume of the Trading Unit")
    is_delivering = frames.flag(says="The Trading Unit gives energy in the period")


def sign_of_the_trading_unit(
    registered_bm_unit: dy.LazyFrame[RegisteredBmUnit],
    metered_volumes: dy.LazyFrame[MeteredVolumes],
) -> dy.LazyFrame[DeliveryMode]:
    """Delivering where the sum of QM_ij over the Trading Unit is above zero, else offtaking.

    All units of a delivering Trading Unit deliver, even those that import.
    """
    return (
        _metered(registered_bm_unit, metered_volumes)
        .with_columns(actual_volume_mwh="metered_volume_mwh")
        .pipe(DeliveryMode.cast)
    )


def secondary_units_too(
    registered_bm_unit: dy.LazyFrame[RegisteredBmUnit],
    metered_volumes: dy.LazyFrame[MeteredVolumes],
    delivered_volumes: dy.LazyFrame[DeliveredVolumes],
) -> dy.LazyFrame[DeliveryMode]:
    """Delivering where the sum of QM_ij over the Trading Unit is above zero, else offtaking.

    All units of a delivering Trading Unit deliver, even those that import. A Secondary BM Unit has
    no meter of its own, so that QM_ij = 0, but it delivers (P344). What it delivered was metered
    at Suppliers' units, so it counts towards no losses.
    """
    delivered = pl.col("delivered_volume_mwh").fill_null(0)
    is_secondary = pl.col("unit_type") == SECONDARY_TYPE
    return (
        _metered(registered_bm_unit, metered_volumes)
        .join(delivered_volumes, on=BM_UNIT_PERIOD, how="left")
        .with_columns(
            actual_volume_mwh=pl.when(is_secondary).then(delivered).otherwise("metered_volume_mwh")
        )
        .pipe(DeliveryMode.cast)
    )


def _metered(registered: pl.LazyFrame, metered: pl.LazyFrame) -> pl.LazyFrame:
    """Every registered unit in every metered period, with the sign of its Trading Unit."""
    trading_unit = ["settlement_date", "settlement_period", "trading_unit"]
    total = pl.col("metered_volume_mwh").sum().over(trading_unit)
    meterless = (
        metered.select("settlement_date", "settlement_period")
        .unique()
        .join(
            registered.filter(pl.col("unit_type") == SECONDARY_TYPE).select(
                "settlement_date", "bm_unit"
            ),
            on="settlement_date",
        )
        .join(metered, on=BM_UNIT_PERIOD, how="anti")
        .with_columns(metered_volume_mwh=pl.lit(0, pl.Int64))
    )
    return (
        pl.concat([metered, meterless], how="diagonal")
        .join(registered, on=["settlement_date", "bm_unit"])
        .with_columns(trading_unit_metered_volume_mwh=total)
        .with_columns(is_delivering=pl.col("trading_unit_metered_volume_mwh") > 0)
    )


delivery_mode = Rule(
    "delivery_mode",
    produces=DeliveryMode,
    versions=(
        Version(date(2001, 3, 27), sign_of_the_trading_unit, modification="NETA", source="T2.1"),
        Version(date(2019, 2, 28), secondary_units_too, modification="P344", source="T2.1, S7"),
    ),
)

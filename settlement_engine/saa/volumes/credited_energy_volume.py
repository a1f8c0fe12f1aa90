"""Credited Energy Volume: whose account a unit's energy counts for."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import BM_UNIT_PERIOD, AccountPeriod
from settlement_engine.given import MeteredVolumeReallocations
from settlement_engine.rounding import FACTOR_DIGITS, PERCENT_DIGITS, VOLUME_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.losses.transmission_loss_multiplier import TransmissionLossMultiplier
from settlement_engine.saa.volumes.balancing_services_volume import BalancingServicesVolume

_HUNDREDTH_DIGITS = 2  # a percentage is so many hundredths


class CreditedEnergyVolume(AccountPeriod):
    """One row for each unit and account that it gives energy to: the lead Party's and others'."""

    bm_unit = dy.String(primary_key=True, description="BM Unit")
    is_lead = dy.Bool(primary_key=True, description="The account of the lead Party")
    credited_energy_volume_mwh = frames.volume("QCE_iaj", says="Positive gives energy")


def lead_keeps_the_rest(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    transmission_loss_multiplier: dy.LazyFrame[TransmissionLossMultiplier],
    balancing_services_volume: dy.LazyFrame[BalancingServicesVolume],
    metered_volume_reallocations: dy.LazyFrame[MeteredVolumeReallocations],
) -> dy.LazyFrame[CreditedEnergyVolume]:
    """Subsidiary: QCE_iaj = (QM_ij - QBS_ij) x TLM_ij x QMPR_iaj / 100 + QMFR_iaj.

    Lead: QCE_iaj = QM_ij x TLM_ij - sum of the subsidiaries'. The percentage goes on what is left
    after balancing services; the fixed volume is not adjusted for losses. QM_ij of a Secondary BM
    Unit is what it delivered. Energy stays in an
    account of the unit's own kind, production or consumption.
    """
    units = (
        delivery_mode.select(*BM_UNIT_PERIOD, "party_id", "energy_account", "actual_volume_mwh")
        .join(transmission_loss_multiplier, on=BM_UNIT_PERIOD)
        .cache()
    )
    given_away = _given_away(units, balancing_services_volume, metered_volume_reallocations).cache()
    taken = given_away.group_by(BM_UNIT_PERIOD).agg(
        given_away=pl.col("credited_energy_volume_mwh").sum()
    )
    whole = rounding.product(
        (pl.col("actual_volume_mwh"), VOLUME_DIGITS),
        (pl.col("transmission_loss_multiplier_per_unit"), FACTOR_DIGITS),
        digits=VOLUME_DIGITS,
    )
    kept = units.join(taken, on=BM_UNIT_PERIOD, how="left").with_columns(
        is_lead=pl.lit(value=True),
        credited_energy_volume_mwh=whole - pl.col("given_away").fill_null(0),
    )
    columns = CreditedEnergyVolume.column_names()
    return pl.concat([kept.select(columns), given_away.select(columns)]).pipe(
        CreditedEnergyVolume.cast
    )


def _given_away(
    units: pl.LazyFrame, services: pl.LazyFrame, reallocations: pl.LazyFrame
) -> pl.LazyFrame:
    net = pl.col("actual_volume_mwh") - pl.col("balancing_services_volume_mwh").fill_null(0)
    share = rounding.product(
        (net, VOLUME_DIGITS),
        (pl.col("transmission_loss_multiplier_per_unit"), FACTOR_DIGITS),
        (pl.col("reallocation_percent"), PERCENT_DIGITS + _HUNDREDTH_DIGITS),
        digits=VOLUME_DIGITS,
    )
    return (
        reallocations.join(units.drop("party_id"), on=BM_UNIT_PERIOD)
        .join(services, on=BM_UNIT_PERIOD, how="left")
        .with_columns(
            is_lead=pl.lit(value=False),
            credited_energy_volume_mwh=share + pl.col("reallocation_mwh"),
        )
    )


credited_energy_volume = Rule(
    "credited_energy_volume",
    produces=CreditedEnergyVolume,
    versions=(
        Version(date(2001, 3, 27), lead_keeps_the_rest, modification="NETA", source="T4.5.1"),
    ),
)

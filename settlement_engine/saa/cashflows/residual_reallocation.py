"""Residual Reallocation: each account's share of the money that is left over."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import BM_UNIT_PERIOD, AccountPeriod, SystemPeriod
from settlement_engine.given import SECONDARY_TYPE
from settlement_engine.rounding import FACTOR_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.volumes.credited_energy_volume import CreditedEnergyVolume
from settlement_engine.saa.volumes.energy_imbalance_volume import ACCOUNT_PERIOD

_METERED = pl.col("unit_type") != SECONDARY_TYPE  # a Secondary BM Unit's QM_ij is zero


class ResidualReallocation(AccountPeriod):
    """One row for each account with credited energy; the shares of a period add up to one."""

    counted_volume_mwh = frames.volume(
        says="Energy in delivering less energy in offtaking Trading Units"
    )
    system_counted_volume_mwh = frames.energy_total(says="The same over all accounts")
    residual_reallocation_per_unit = frames.factor(
        "RCRP_aj", says="Share of the residual; may be negative"
    )


def by_energy(
    credited_energy_volume: dy.LazyFrame[CreditedEnergyVolume],
    delivery_mode: dy.LazyFrame[DeliveryMode],
) -> dy.LazyFrame[ResidualReallocation]:
    """RCRP_aj = (sum+ QCE_iaj - sum- QCE_iaj) / the same over all accounts.

    Sum+ goes over units of delivering Trading Units, sum- of offtaking ones.
    """
    return _shares(credited_energy_volume, delivery_mode, counts=_METERED)


def without_interconnectors(
    credited_energy_volume: dy.LazyFrame[CreditedEnergyVolume],
    delivery_mode: dy.LazyFrame[DeliveryMode],
) -> dy.LazyFrame[ResidualReallocation]:
    """RCRP_aj = (sum+ QCE_iaj - sum- QCE_iaj) / the same over all accounts.

    Sum+ goes over units of delivering Trading Units, sum- of offtaking ones; interconnector units
    count in neither (P285).
    """
    return _shares(
        credited_energy_volume, delivery_mode, counts=_METERED & (pl.col("unit_type") != "I")
    )


def _shares(
    credited: pl.LazyFrame, units: pl.LazyFrame, *, counts: pl.Expr
) -> dy.LazyFrame[ResidualReallocation]:
    energy = pl.col("credited_energy_volume_mwh")
    counted = pl.when("is_delivering").then(energy).otherwise(-energy)
    own, all_of_it = pl.col("counted_volume_mwh"), pl.col("system_counted_volume_mwh")
    one: int = 10**FACTOR_DIGITS
    share = rounding.quotient(
        own.cast(pl.Int128) * one * all_of_it.sign(),
        pl.when(all_of_it != 0).then(all_of_it.abs()).cast(pl.Int128),
    )
    return (
        credited.join(
            units.select(*BM_UNIT_PERIOD, "unit_type", "is_delivering"), on=BM_UNIT_PERIOD
        )
        .with_columns(counted=pl.when(counts).then(counted).otherwise(0))
        .group_by(ACCOUNT_PERIOD)
        .agg(counted_volume_mwh=pl.col("counted").sum())
        .with_columns(system_counted_volume_mwh=own.sum().over(SystemPeriod.column_names()))
        .with_columns(residual_reallocation_per_unit=share.fill_null(0))
        .pipe(ResidualReallocation.cast)
    )


residual_reallocation = Rule(
    "residual_reallocation",
    produces=ResidualReallocation,
    versions=(
        Version(date(2001, 3, 27), by_energy, modification="NETA", source="T4.10"),
        Version(date(2013, 6, 27), without_interconnectors, modification="P285", source="T4.10"),
    ),
    over={"credited_energy_volume": tuple(SystemPeriod.column_names())},
)

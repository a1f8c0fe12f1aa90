"""Residual Cashflow: the money that imbalances brought in is handed back to all."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import AccountPeriod, SystemPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.energy_imbalance_cashflow import EnergyImbalanceCashflow
from settlement_engine.saa.cashflows.residual_reallocation import ResidualReallocation

_PERIOD = SystemPeriod.column_names()


class ResidualCashflow(AccountPeriod):
    """Positive: the Party is paid."""

    total_residual_cashflow_gbp = frames.money("TRC_j", says="What all accounts paid on balance")
    residual_cashflow_gbp = frames.money("RCRC_aj", says="Positive: the Party is paid")


def share_of_the_total(
    energy_imbalance_cashflow: dy.LazyFrame[EnergyImbalanceCashflow],
    residual_reallocation: dy.LazyFrame[ResidualReallocation],
) -> dy.LazyFrame[ResidualCashflow]:
    """TRC_j = sum over a of CAEI_aj; RCRC_aj = RCRP_aj x TRC_j.

    RCRP is not rounded before it is multiplied.
    """
    total, own = pl.col("total_residual_cashflow_gbp"), pl.col("counted_volume_mwh")
    whole = pl.col("system_counted_volume_mwh")
    share = rounding.quotient(
        total.cast(pl.Int128) * own * whole.sign(),
        pl.when(whole != 0).then(whole.abs()).cast(pl.Int128),
    )
    return (
        residual_reallocation.join(
            energy_imbalance_cashflow.group_by(_PERIOD).agg(
                total_residual_cashflow_gbp=pl.col("energy_imbalance_cashflow_gbp").sum()
            ),
            on=_PERIOD,
        )
        .with_columns(residual_cashflow_gbp=share.fill_null(0))
        .pipe(ResidualCashflow.cast)
    )


residual_cashflow = Rule(
    "residual_cashflow",
    produces=ResidualCashflow,
    versions=(Version(date(2001, 3, 27), share_of_the_total, modification="NETA", source="T4.10"),),
    over={"energy_imbalance_cashflow": tuple(_PERIOD)},
)

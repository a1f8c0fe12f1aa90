"""System Operator Cashflow: what the System Operator pays for balancing."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import SystemPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.bm_unit_cashflow import BmUnitCashflow
from settlement_engine.saa.losses.transmission_loss_adjustment import TransmissionLossAdjustment


class SystemOperatorCashflow(SystemPeriod):
    """Positive: the System Operator pays."""

    system_operator_cashflow_gbp = frames.money("CSOBM_j", says="The System Operator pays")


def paid_less_taken_back(
    bm_unit_cashflow: dy.LazyFrame[BmUnitCashflow],
    transmission_loss_adjustment: dy.LazyFrame[TransmissionLossAdjustment],
) -> dy.LazyFrame[SystemOperatorCashflow]:
    """CSOBM_j = sum of CBM_ij - sum of CND_ij; zero in a metered period without acceptances."""
    period = SystemPeriod.column_names()
    paid = pl.col("bm_unit_cashflow_gbp").sum() - pl.col("non_delivery_charge_gbp").sum()
    balanced = bm_unit_cashflow.group_by(period).agg(system_operator_cashflow_gbp=paid)
    return (
        transmission_loss_adjustment.select(period)
        .join(balanced, on=period, how="left")
        .with_columns(pl.col("system_operator_cashflow_gbp").fill_null(0))
        .pipe(SystemOperatorCashflow.cast)
    )


system_operator_cashflow = Rule(
    "system_operator_cashflow",
    produces=SystemOperatorCashflow,
    versions=(
        Version(date(2001, 3, 27), paid_less_taken_back, modification="NETA", source="T4.9"),
    ),
)

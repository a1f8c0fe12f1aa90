"""Party Cashflow: all Trading Charges of a Party in a period, and what they come to."""

from datetime import date
from typing import Final

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import PartyPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.bm_unit_cashflow import BmUnitCashflow
from settlement_engine.saa.cashflows.energy_imbalance_cashflow import EnergyImbalanceCashflow
from settlement_engine.saa.cashflows.residual_cashflow import ResidualCashflow

CREDITS: Final = ("bm_unit_cashflow_gbp", "residual_cashflow_gbp")
CHARGES: Final = (
    "non_delivery_charge_gbp",
    "energy_imbalance_cashflow_gbp",
    "information_imbalance_charge_gbp",
)
AMOUNTS: Final = (*CREDITS, *CHARGES)
_PARTY_PERIOD: Final = tuple(PartyPeriod.column_names())


class PartyCashflow(PartyPeriod):
    """Each charge keeps its own sign; the net is what the Party is paid on balance."""

    bm_unit_cashflow_gbp = frames.money("CBM_pj", says="Positive: the Party is paid")
    non_delivery_charge_gbp = frames.money("CND_pj", lowest=0, says="The Party pays")
    energy_imbalance_cashflow_gbp = frames.money("CAEI_pj", says="Positive: the Party pays")
    information_imbalance_charge_gbp = frames.money("CII_pj", says="Positive: the Party pays")
    residual_cashflow_gbp = frames.money("RCRC_pj", says="Positive: the Party is paid")
    net_to_party_gbp = frames.money(says="Positive: the Party is paid on balance")


def credits_less_charges(
    bm_unit_cashflow: dy.LazyFrame[BmUnitCashflow],
    energy_imbalance_cashflow: dy.LazyFrame[EnergyImbalanceCashflow],
    residual_cashflow: dy.LazyFrame[ResidualCashflow],
) -> dy.LazyFrame[PartyCashflow]:
    """Net = CBM - CND - CAEI - CII + RCRC, each summed over the Party's units and accounts."""
    parts = (bm_unit_cashflow, energy_imbalance_cashflow, residual_cashflow)
    return (
        pl.concat([_amounts(part) for part in parts])
        .group_by(_PARTY_PERIOD)
        .agg(pl.col(AMOUNTS).sum())
        .with_columns(net_to_party_gbp=net())
        .pipe(PartyCashflow.cast)
    )


def net() -> pl.Expr:
    """What all amounts come to, positive where the Party is paid."""
    return pl.sum_horizontal(CREDITS) - pl.sum_horizontal(CHARGES)


def _amounts(part: pl.LazyFrame) -> pl.LazyFrame:
    here = part.collect_schema().names()
    return part.select(
        *_PARTY_PERIOD,
        **{name: pl.col(name) if name in here else pl.lit(0, pl.Int64) for name in AMOUNTS},
    )


party_cashflow = Rule(
    "party_cashflow",
    produces=PartyCashflow,
    versions=(
        Version(date(2001, 3, 27), credits_less_charges, modification="NETA", source="T4, T5"),
    ),
)

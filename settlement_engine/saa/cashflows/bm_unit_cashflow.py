"""BM Unit Cashflow: all that a unit is paid and charged in a period."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import BM_UNIT_PERIOD, BmUnitPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.accepted_pair_cashflow import AcceptedPairCashflow
from settlement_engine.saa.cashflows.non_delivery_charge import NonDeliveryCharge
from settlement_engine.saa.losses.delivery_mode import DeliveryMode
from settlement_engine.saa.volumes.information_imbalance import InformationImbalance

_AMOUNTS = (
    "bm_unit_cashflow_gbp",
    "non_delivery_charge_gbp",
    "information_imbalance_charge_gbp",
)


class BmUnitCashflow(BmUnitPeriod):
    """One row for each unit that is paid or pays, with its Party."""

    party_id = dy.String(description="Lead Party")
    bm_unit_cashflow_gbp = frames.money("CBM_ij", says="Positive: the Party is paid")
    non_delivery_charge_gbp = frames.money("CND_ij", lowest=0, says="The Party pays")
    information_imbalance_charge_gbp = frames.money("CII_ij", says="Positive: the Party pays")


def sum_over_pairs(
    delivery_mode: dy.LazyFrame[DeliveryMode],
    accepted_pair_cashflow: dy.LazyFrame[AcceptedPairCashflow],
    non_delivery_charge: dy.LazyFrame[NonDeliveryCharge],
    information_imbalance: dy.LazyFrame[InformationImbalance],
) -> dy.LazyFrame[BmUnitCashflow]:
    """CBM_ij = sum over n of (CO^n_ij + CB^n_ij), CND_ij = sum over n of CND^n_ij."""
    both = pl.col("offer_cashflow_gbp") + pl.col("bid_cashflow_gbp")
    parts = (
        accepted_pair_cashflow.with_columns(bm_unit_cashflow_gbp=both),
        non_delivery_charge,
        information_imbalance.filter(pl.col("information_imbalance_charge_gbp") != 0),
    )
    return (
        pl.concat(
            [
                part.select(*BM_UNIT_PERIOD, **_own(name))
                for part, name in zip(parts, _AMOUNTS, strict=True)
            ]
        )
        .group_by(BM_UNIT_PERIOD)
        .agg(pl.col(_AMOUNTS).sum())
        .join(delivery_mode.select(*BM_UNIT_PERIOD, "party_id"), on=BM_UNIT_PERIOD)
        .pipe(BmUnitCashflow.cast)
    )


def _own(amount: str) -> dict[str, pl.Expr]:
    """The amount of a part, and zero for the others."""
    return {name: pl.col(name) if name == amount else pl.lit(0, pl.Int64) for name in _AMOUNTS}


bm_unit_cashflow = Rule(
    "bm_unit_cashflow",
    produces=BmUnitCashflow,
    versions=(
        Version(date(2001, 3, 27), sum_over_pairs, modification="NETA", source="T3.12, T4.8"),
    ),
)

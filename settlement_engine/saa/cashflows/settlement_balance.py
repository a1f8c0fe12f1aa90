"""Settlement Balance: what Parties are paid and what the System Operator pays is the same."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import SystemPeriod
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.party_cashflow import PartyCashflow
from settlement_engine.saa.cashflows.residual_cashflow import ResidualCashflow
from settlement_engine.saa.cashflows.system_operator_cashflow import SystemOperatorCashflow

_PERIOD = SystemPeriod.column_names()


class SettlementBalance(SystemPeriod):
    """The money of each period sums to zero but for the last counted place of the shares."""

    net_to_parties_gbp = frames.money(says="Paid to all Parties on balance")
    system_operator_cashflow_gbp = frames.money("CSOBM_j", says="Paid by the System Operator")
    rounding_remainder_gbp = frames.money(says="What rounding leaves: held, never paid")
    largest_remainder_gbp = frames.money(
        lowest=0, says="Half the last counted place for each share of the residual"
    )

    @dy.rule()
    def sums_to_zero_within_rounding(cls) -> pl.Expr:
        """A larger remainder is money made or lost: the run must not go on."""
        return pl.col("rounding_remainder_gbp").abs() <= pl.col("largest_remainder_gbp")


def parties_against_the_operator(
    party_cashflow: dy.LazyFrame[PartyCashflow],
    residual_cashflow: dy.LazyFrame[ResidualCashflow],
    system_operator_cashflow: dy.LazyFrame[SystemOperatorCashflow],
) -> dy.LazyFrame[SettlementBalance]:
    """Sum over Parties of the net - CSOBM_j = 0 but for rounding.

    Every metered period has a balance. All amounts but the shares of the residual are summed as
    they were rounded, so only these leave a remainder: at most half of 1e-8 GBP for each account.
    """
    paid = party_cashflow.group_by(_PERIOD).agg(net_to_parties_gbp=pl.col("net_to_party_gbp").sum())
    shares = residual_cashflow.group_by(_PERIOD).agg(largest_remainder_gbp=(pl.len() + 1) // 2)
    remainder = pl.col("net_to_parties_gbp") - pl.col("system_operator_cashflow_gbp")
    return (
        system_operator_cashflow.join(paid, on=_PERIOD, how="left")
        .join(shares, on=_PERIOD, how="left")
        .with_columns(rounding_remainder_gbp=remainder)
        .pipe(SettlementBalance.cast)
    )


settlement_balance = Rule(
    "settlement_balance",
    produces=SettlementBalance,
    versions=(
        Version(
            date(2001, 3, 27), parties_against_the_operator, modification="NETA", source="T4.9, T5"
        ),
    ),
)

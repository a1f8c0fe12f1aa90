"""Daily Party Charges: what a Party owes and is owed for a day, to the penny."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.frames import PartyDay
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.cashflows.party_cashflow import AMOUNTS, PartyCashflow, net


class DailyPartyCharges(PartyDay):
    """Each charge keeps its own sign and is rounded once; the net is the sum of what is rounded."""

    bm_unit_cashflow_gbp = frames.money("CBM_p", says="Positive: the Party is paid")
    non_delivery_charge_gbp = frames.money("CND_p", lowest=0, says="The Party pays")
    energy_imbalance_cashflow_gbp = frames.money("CAEI_p", says="Positive: the Party pays")
    information_imbalance_charge_gbp = frames.money("CII_p", says="Positive: the Party pays")
    residual_cashflow_gbp = frames.money("RCRC_p", says="Positive: the Party is paid")
    net_to_party_gbp = frames.money(says="Positive: the Party is paid on balance")


def sum_of_the_day(
    party_cashflow: dy.LazyFrame[PartyCashflow],
) -> dy.LazyFrame[DailyPartyCharges]:
    """Sum over the day's periods, rounded to the penny once for each Party, charge and day."""
    return (
        party_cashflow.group_by(PartyDay.column_names())
        .agg(rounding.whole_pence(pl.col(name).sum()).alias(name) for name in AMOUNTS)
        .with_columns(net_to_party_gbp=net())
        .pipe(DailyPartyCharges.cast)
    )


daily_party_charges = Rule(
    "daily_party_charges",
    produces=DailyPartyCharges,
    versions=(Version(date(2001, 3, 27), sum_of_the_day, modification="NETA", source="T5"),),
)

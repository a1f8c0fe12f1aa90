"""Registered BM Unit: what the register says of a unit on a Settlement Date."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import ENERGY_ACCOUNTS, FIRST_DATE, LAST_DATE
from settlement_engine.given import UNIT_TYPES, BmUnitRegistrations
from settlement_engine.rule import Rule, Version


class RegisteredBmUnit(dy.Schema):
    """One row a Settlement Date and BM Unit registered on it."""

    settlement_date = dy.Date(
        primary_key=True, min=FIRST_DATE, max=LAST_DATE, description="Settlement Day, London clock"
    )
    bm_unit = dy.String(primary_key=True, description="BM Unit")
    party_id = dy.String(description="Lead Party")
    energy_account = dy.Enum(
        list(ENERGY_ACCOUNTS), description="Account that its energy counts for, by its P/C status"
    )
    trading_unit = dy.String(description="Trading Unit the unit belongs to")
    unit_type = dy.Enum(list(UNIT_TYPES), description="Type of BM Unit")
    transmission_loss_factor_per_unit = frames.factor("TLF_ij", says="Transmission Loss Factor")
    is_baselined = frames.flag(says="Its baseline stands in for a notification (P376)")


def registration_on_the_day(
    bm_unit_registrations: dy.LazyFrame[BmUnitRegistrations],
    settlement_periods: pl.LazyFrame,
) -> dy.LazyFrame[RegisteredBmUnit]:
    """The registration whose range of dates holds the Settlement Date, both ends included.

    The P/C status is data (K3.5): P is the production account, C the consumption account.
    """
    until = pl.col("effective_to").fill_null(LAST_DATE)
    account = pl.when(pl.col("production_consumption_flag") == "P").then(pl.lit("production"))
    return (
        settlement_periods.select("settlement_date")
        .unique()
        .join(bm_unit_registrations, how="cross")
        .filter(pl.col("settlement_date").is_between(pl.col("effective_from"), until))
        .with_columns(energy_account=account.otherwise(pl.lit("consumption")))
        .pipe(RegisteredBmUnit.cast)
    )


registered_bm_unit = Rule(
    "registered_bm_unit",
    produces=RegisteredBmUnit,
    versions=(
        Version(
            date(2001, 3, 27), registration_on_the_day, modification="NETA", source="Section K3"
        ),
    ),
)

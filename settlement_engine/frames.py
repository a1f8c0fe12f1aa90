"""The grains of the frames, the measures of their columns, and how both are held.

A number is an Int64 that counts its last decimal place; the metadata of its column says the unit
and the places. People and files see decimals: `exact` goes in, `decimals` comes out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import dataframely as dy
import polars as pl

from settlement_engine import rounding
from settlement_engine.rounding import (
    FACTOR_DIGITS,
    LEVEL_DIGITS,
    MONEY_DIGITS,
    MULTIPLIER_DIGITS,
    PERCENT_DIGITS,
    PRICE_DIGITS,
    VOLUME_DIGITS,
)

Frame: TypeAlias = type[dy.Schema]

ENERGY_ACCOUNTS: Final = ("production", "consumption")

# With these bounds price x volume x factor is below 2**127, and so is a sum of price x volume x
# multiplier over a million actions.
LARGEST_VOLUME_MWH: Final = 100_000
LARGEST_TOTAL_MWH: Final = 5_000_000_000
LARGEST_PRICE_GBP_PER_MWH: Final = 1_000_000
LARGEST_MULTIPLIER: Final = 10
LARGEST_LEVEL_MW: Final = 1_000_000
LARGEST_AMOUNT_GBP: Final = 10_000_000_000
LONGEST_DAY: Final = 300  # periods: 25 hours of 5 minutes
# The days that a stack's places and the calendar of London are meant for.
FIRST_DATE: Final = date(1990, 1, 1)
LAST_DATE: Final = date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of number: its unit, the decimal places that are counted, the largest size."""

    unit: str
    digits: int
    largest: int

    def column(
        self,
        symbol: str = "",
        *,
        says: str,
        nullable: bool = False,
        lowest: int | None = None,
        neutral: float | None = None,
        optional: bool = False,
    ) -> dy.Int64:
        """A column of such numbers; `lowest` is counted, `neutral` is what a missing one means.

        An `optional` column may be missing, which means that no row has a value.
        """
        metadata = {"unit": self.unit, "symbol": symbol, "digits": self.digits}
        largest = self.largest * 10**self.digits
        return dy.Int64(
            nullable=nullable,
            min=-largest if lowest is None else lowest,
            max=largest,
            description=says,
            metadata={**metadata, "neutral": neutral}
            if optional or neutral is not None
            else metadata,
        )


volume = Measure("MWh", VOLUME_DIGITS, LARGEST_VOLUME_MWH).column
energy_total = Measure("MWh", VOLUME_DIGITS, LARGEST_TOTAL_MWH).column
price = Measure("GBP/MWh", PRICE_DIGITS, LARGEST_PRICE_GBP_PER_MWH).column
multiplier = Measure("per unit", MULTIPLIER_DIGITS, LARGEST_MULTIPLIER).column
factor = Measure("per unit", FACTOR_DIGITS, LARGEST_MULTIPLIER).column
probability = Measure("per unit", VOLUME_DIGITS, 1).column
level = Measure("MW", LEVEL_DIGITS, LARGEST_LEVEL_MW).column
money = Measure("GBP", MONEY_DIGITS, LARGEST_AMOUNT_GBP).column
percent = Measure("percent", PERCENT_DIGITS, 100).column


def flag(*, says: str, neutral: bool | None = None) -> dy.Bool:
    """A column that is true or false; with `neutral` it may be left out of what is given."""
    return dy.Bool(description=says, metadata={} if neutral is None else {"neutral": neutral})


def line_end(symbol: str = "", *, says: str) -> dy.Float64:
    """A level in MW at the end of a straight line, where it may fall between counted places."""
    return dy.Float64(description=says, metadata={"unit": "MW", "symbol": symbol})


def moment(*, says: str, key: bool = False) -> dy.Datetime:
    """A column of moments in UTC."""
    return dy.Datetime(time_zone="UTC", time_unit="us", primary_key=key, description=says)


class SystemPeriod(dy.Schema):
    """One row a Settlement Period: the subscript j of the Code."""

    settlement_date = dy.Date(
        primary_key=True, min=FIRST_DATE, max=LAST_DATE, description="Settlement Day, London clock"
    )
    settlement_period = dy.Int64(
        primary_key=True,
        min=1,
        max=LONGEST_DAY,
        description="Settlement Period of the day, from 1",
    )


class BmUnitPeriod(SystemPeriod):
    """One row a BM Unit and Settlement Period: the subscripts ij."""

    bm_unit = dy.String(primary_key=True, description="BM Unit")


BM_UNIT_PERIOD: Final = tuple(BmUnitPeriod.column_names())
"""What says which unit and which period a row is of."""


class AcceptancePeriod(BmUnitPeriod):
    """One row an acceptance and Settlement Period it is in force in: the subscripts ij, k."""

    acceptance_number = dy.Int64(primary_key=True, description="Number of the acceptance")


class BidOfferPairPeriod(BmUnitPeriod):
    """One row a bid-offer pair and Settlement Period: the subscripts ij, n."""

    pair_number = dy.Int64(
        primary_key=True, min=-5, max=5, description="Bid-offer pair, below zero for bids"
    )


class AcceptancePairPeriod(AcceptancePeriod):
    """One row an acceptance, bid-offer pair and Settlement Period: the subscripts ij, kn."""

    pair_number = dy.Int64(
        primary_key=True, min=-5, max=5, description="Bid-offer pair, below zero for bids"
    )


class AccountPeriod(SystemPeriod):
    """One row an Energy Account and Settlement Period: the subscripts aj."""

    party_id = dy.String(primary_key=True, description="Party that holds the account")
    energy_account = dy.Enum(
        list(ENERGY_ACCOUNTS), primary_key=True, description="Production or consumption account"
    )


class PartyPeriod(SystemPeriod):
    """One row a Party and Settlement Period: the subscripts pj."""

    party_id = dy.String(primary_key=True, description="Party")


class PartyDay(dy.Schema):
    """One row a Party and Settlement Day."""

    settlement_date = dy.Date(
        primary_key=True, min=FIRST_DATE, max=LAST_DATE, description="Settlement Day, London clock"
    )
    party_id = dy.String(primary_key=True, description="Party")


class ActionPeriod(dy.Schema):
    """One row a balancing action of a Settlement Period.

    The key is checked once, where the actions are given: nine steps of millions of rows build on
    it, and `RankedStack` keeps them in strict order.
    """

    settlement_date = dy.Date(
        min=FIRST_DATE,
        max=LAST_DATE,
        metadata={"key": True},
        description="Settlement Day, London clock",
    )
    settlement_period = dy.Int64(
        min=1,
        max=LONGEST_DAY,
        metadata={"key": True},
        description="Settlement Period of the day, from 1",
    )
    action_id = dy.String(metadata={"key": True}, description="Name of the action in its period")


def exact(frame: pl.DataFrame, schema: Frame) -> pl.DataFrame:
    """A frame of decimals as the engine holds it: neutral values filled in, numbers counted.

    The frame has been found free of faults (`faults.py`).
    """
    return frame.select(
        _exact_column(name, column, given=name in frame.columns)
        for name, column in schema.columns().items()
    )


def decimals(frame: pl.DataFrame, schema: Frame) -> pl.DataFrame:
    """A frame of the engine as people and files see it, in the order of the stack or of its key."""
    ordered = frame if "stack_place" in frame.columns else frame.sort(keys(schema))
    return ordered.with_columns(
        rounding.decimal_column(pl.col(name), digits)
        for name, column in schema.columns().items()
        if (digits := places(column)) is not None
    )


def places(column: dy.Column) -> int | None:
    """How many decimal places the column counts; none where it is no fixed-point number."""
    return (column.metadata or {}).get("digits")


def keys(schema: Frame) -> list[str]:
    """The columns that say which row of the frame it is."""
    return schema.primary_key() or [
        name for name, column in schema.columns().items() if (column.metadata or {}).get("key")
    ]


def complete(frame: pl.LazyFrame, schema: Frame) -> pl.LazyFrame:
    """A frame in exact numbers, with the neutral value in each column that it lacks."""
    here = frame.collect_schema().names()
    return frame.select(
        pl.col(name).cast(column.dtype)
        if name in here
        else _exact_column(name, column, given=False)
        for name, column in schema.columns().items()
    )


def _exact_column(name: str, column: dy.Column, *, given: bool) -> pl.Expr:
    digits = places(column)
    values = pl.col(name) if given else pl.lit((column.metadata or {})["neutral"])
    if digits is not None:
        return rounding.whole_column(values, digits).alias(name)
    return values.cast(column.dtype).alias(name)

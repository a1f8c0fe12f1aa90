"""The frames of the price: their grains, and the frames that are given.

A number is an Int64 that counts its last decimal place; the metadata of its column says the unit
and the places. People and files see decimals: `exact` goes in, `decimals` comes out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import dataframely as dy
import polars as pl

from settlement_engine import rounding
from settlement_engine.rounding import MULTIPLIER_DIGITS, PRICE_DIGITS, VOLUME_DIGITS

Frame: TypeAlias = type[dy.Schema]

BUY_TYPES: Final = ("offer", "buy_adjustment", "demand_control", "gas_or_reserve_buy")
SELL_TYPES: Final = ("bid", "sell_adjustment", "gas_or_reserve_sell")
ACTION_TYPES: Final = (*BUY_TYPES, *SELL_TYPES)
SIDES: Final = ("buy", "sell")

# With these bounds a sum of price x volume x multiplier over a million actions is below 2**127.
LARGEST_VOLUME_MWH: Final = 1_000_000
LARGEST_PRICE_GBP_PER_MWH: Final = 1_000_000
LARGEST_MULTIPLIER: Final = 10
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
    ) -> dy.Int64:
        """A column of such numbers; `lowest` is counted, `neutral` is what a missing one means."""
        metadata = {"unit": self.unit, "symbol": symbol, "digits": self.digits}
        largest = self.largest * 10**self.digits
        return dy.Int64(
            nullable=nullable,
            min=-largest if lowest is None else lowest,
            max=largest,
            description=says,
            metadata=metadata if neutral is None else {**metadata, "neutral": neutral},
        )


volume = Measure("MWh", VOLUME_DIGITS, LARGEST_VOLUME_MWH).column
price = Measure("GBP/MWh", PRICE_DIGITS, LARGEST_PRICE_GBP_PER_MWH).column
multiplier = Measure("per unit", MULTIPLIER_DIGITS, LARGEST_MULTIPLIER).column
probability = Measure("per unit", VOLUME_DIGITS, 1).column


def flag(*, says: str, neutral: bool | None = None) -> dy.Bool:
    """A column that is true or false; with `neutral` it may be left out of what is given."""
    return dy.Bool(description=says, metadata={} if neutral is None else {"neutral": neutral})


class SystemPeriod(dy.Schema):
    """One row a Settlement Period: the subscript j of the Code."""

    settlement_date = dy.Date(
        primary_key=True, min=FIRST_DATE, max=LAST_DATE, description="Settlement Day, London clock"
    )
    settlement_period = dy.Int64(
        primary_key=True, min=1, max=50, description="Settlement Period of the day, from 1"
    )


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
        min=1, max=50, metadata={"key": True}, description="Settlement Period of the day, from 1"
    )
    action_id = dy.String(metadata={"key": True}, description="Name of the action in its period")


class BalancingActions(ActionPeriod):
    """The actions of the System Operator: accepted offers and bids by pair, and adjustments.

    Volumes: positive buys energy for the system, negative sells it.
    """

    action_type = dy.Enum(list(ACTION_TYPES), description="What kind of action; says buy or sell")
    bm_unit = dy.String(nullable=True, metadata={"neutral": None}, description="The unit accepted")
    acceptance_number = dy.Int64(
        nullable=True, metadata={"neutral": None}, description="Number of the acceptance"
    )
    pair_number = dy.Int64(
        nullable=True, min=-5, max=5, metadata={"neutral": None}, description="Bid-offer pair"
    )
    volume_mwh = volume("QAO, QAB, QBSA", says="Volume; positive buys, negative sells")
    price_gbp_per_mwh = price("PO, PB", nullable=True, says="Price of the action; null: unpriced")
    so_flag = flag(says="Taken by the System Operator for the network", neutral=False)
    cadl_flag = flag(says="Shorter than the Continuous Acceptance Duration Limit", neutral=False)
    emergency_flag = flag(says="Excluded emergency acceptance", neutral=False)
    stor_flag = flag(says="Short Term Operating Reserve", neutral=False)
    transmission_loss_multiplier_per_unit = multiplier(
        "TLM_ij", says="The unit's loss multiplier", lowest=1, neutral=1.0
    )


class MarketIndex(SystemPeriod):
    """What each Market Index Data Provider reports for a period."""

    provider = dy.String(primary_key=True, description="Market Index Data Provider")
    price_gbp_per_mwh = price("PXP_mj", says="Market Index Price of the provider")
    volume_mwh = volume("QXP_mj", says="Market Index Volume of the provider", lowest=0)


class PriceAdjusters(SystemPeriod):
    """Reserve fees, smeared by NETSO over the periods in which the reserve was useful."""

    buy_price_adjuster_gbp_per_mwh = price("BPA_j", says="Added to the price when short")
    sell_price_adjuster_gbp_per_mwh = price("SPA_j", says="Added to the price when long")


class LossOfLoad(SystemPeriod):
    """The final Loss of Load Probability, worked out one hour ahead."""

    loss_of_load_probability = probability(
        "LoLP_j", nullable=True, lowest=0, says="Probability that demand cannot be met"
    )


class StorWindows(dy.Schema):
    """STOR Availability Windows: from `starts_at` up to, not including, `ends_at`."""

    starts_at = dy.Datetime(
        time_zone="UTC", time_unit="us", primary_key=True, description="Start of the window, UTC"
    )
    ends_at = dy.Datetime(time_zone="UTC", time_unit="us", description="End of the window, UTC")


GIVEN: Final[dict[str, Frame]] = {
    "balancing_actions": BalancingActions,
    "market_index": MarketIndex,
    "price_adjusters": PriceAdjusters,
    "loss_of_load": LossOfLoad,
    "stor_windows": StorWindows,
}
REQUIRED: Final = frozenset({"balancing_actions"})


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


def _exact_column(name: str, column: dy.Column, *, given: bool) -> pl.Expr:
    digits = places(column)
    values = pl.col(name) if given else pl.lit((column.metadata or {})["neutral"])
    if digits is not None:
        return rounding.whole_column(values, digits).alias(name)
    return values.cast(column.dtype).alias(name)

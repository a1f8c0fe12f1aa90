"""Action Price: the price and the loss multiplier with which an action enters the stack."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames, rounding
from settlement_engine.given import BUY_TYPES, SIDES, BalancingActions, StorWindows
from settlement_engine.rounding import MULTIPLIER_DIGITS, PRICE_DIGITS
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.reserve_scarcity_price import ReserveScarcityPrice
from settlement_engine.saa.prices.stack import PERIOD, period_key

_SIDE = (
    pl.when(pl.col("action_type").is_in(BUY_TYPES)).then(pl.lit("buy")).otherwise(pl.lit("sell"))
)
_WEIGHT = (
    pl.when(pl.col("action_type").is_in(("offer", "bid")))
    .then("transmission_loss_multiplier_per_unit")
    .otherwise(10**MULTIPLIER_DIGITS)
)


class ActionPrice(BalancingActions):
    """Every action as it was given, with its side and the price it is ranked by."""

    side = dy.Enum(list(SIDES), description="Whether the system buys or sells")
    reserve_repriced = frames.flag(says="Raised to the Reserve Scarcity Price")
    stack_price_gbp_per_mwh = frames.price(
        nullable=True, says="Price the action is ranked by; null: unpriced"
    )
    price_weight_per_unit = frames.multiplier(
        "TLM_ij", lowest=1, says="Loss multiplier that weighs the action in the price"
    )


def as_asked(balancing_actions: dy.LazyFrame[BalancingActions]) -> dy.LazyFrame[ActionPrice]:
    """Every action at its own price; the loss multiplier counts for offers and bids only."""
    return balancing_actions.with_columns(
        side=_SIDE,
        reserve_repriced=pl.lit(value=False),
        stack_price_gbp_per_mwh="price_gbp_per_mwh",
        price_weight_per_unit=_WEIGHT,
    ).pipe(ActionPrice.cast)


def reserve_and_lost_load(
    balancing_actions: dy.LazyFrame[BalancingActions],
    reserve_scarcity_price: dy.LazyFrame[ReserveScarcityPrice],
    stor_windows: dy.LazyFrame[StorWindows],
    value_of_lost_load_gbp_per_mwh: Decimal,
    settlement_periods: pl.LazyFrame,
) -> dy.LazyFrame[ActionPrice]:
    """STOR bought inside its window costs max(own price, RSVP_j); demand control costs VoLL.

    The loss multiplier counts for offers and bids only: every other action arrives loss-adjusted.
    """
    own, reserve = pl.col("price_gbp_per_mwh"), pl.col("reserve_scarcity_price_gbp_per_mwh")
    is_demand_control = pl.col("action_type") == "demand_control"
    is_reserve = pl.col("action_type").is_in(BUY_TYPES) & pl.col("stor_flag") & ~is_demand_control
    raised = is_reserve & reserve.is_not_null() & (own.is_null() | (reserve > own))
    return (
        balancing_actions.join(
            _scarcity_in_window(
                balancing_actions, reserve_scarcity_price, stor_windows, settlement_periods
            ),
            left_on=period_key(),
            right_on="period_key",
            how="left",
        )
        .with_columns(
            side=_SIDE,
            reserve_repriced=raised.fill_null(value=False),
            stack_price_gbp_per_mwh=pl.when(is_demand_control)
            .then(rounding.whole(value_of_lost_load_gbp_per_mwh, PRICE_DIGITS))
            .when(raised)
            .then(reserve)
            .otherwise(own),
            price_weight_per_unit=_WEIGHT,
        )
        .pipe(ActionPrice.cast)
    )


def _scarcity_in_window(
    actions: pl.LazyFrame,
    scarcity: pl.LazyFrame,
    windows: pl.LazyFrame,
    settlement_periods: pl.LazyFrame,
) -> pl.LazyFrame:
    """The Reserve Scarcity Price of each period that has a STOR action and starts in a window."""
    return (
        actions.filter("stor_flag")
        .select(PERIOD)
        .unique()
        .join(scarcity, on=PERIOD, how="inner")
        .join(settlement_periods.select(*PERIOD, starts="starts_at"), on=PERIOD)
        .with_columns(period_key=period_key())
        .join_where(
            windows, pl.col("starts") >= pl.col("starts_at"), pl.col("starts") < pl.col("ends_at")
        )
        .select("period_key", "reserve_scarcity_price_gbp_per_mwh")
        .unique()
    )


action_price = Rule(
    "action_price",
    produces=ActionPrice,
    versions=(
        Version(date(2009, 11, 5), as_asked, modification="P217A", source="T4.4.2"),
        Version(
            date(2015, 11, 5),
            reserve_and_lost_load,
            modification="P305",
            source="T3.14, Q6.9, T4.4.2",
        ),
    ),
)

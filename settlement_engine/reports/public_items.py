"""What everybody may know of a settled day: prices, the stack, acceptances and what they are paid.

Frames are in decimals, as people and files see them, one row a key, in order of it. They hold what
the Settlement Run worked out; what is published within the day may differ from it.
"""

from datetime import date
from typing import Final

import dataframely as dy
import polars as pl

from settlement_engine.frames import FIRST_DATE, LAST_DATE, LONGEST_DAY
from settlement_engine.given import ACTION_TYPES, SIDES
from settlement_engine.reports.reported_day import PERIOD, reported_day, total
from settlement_engine.rulebook import Settled

_PERIOD: Final = ("settlement_date", PERIOD)


def _figure(unit: str, says: str, *, nullable: bool = False) -> dy.Float64:
    return dy.Float64(nullable=nullable, description=says, metadata={"unit": unit})


class _OfAPeriod(dy.Schema):
    settlement_date = dy.Date(
        primary_key=True, min=FIRST_DATE, max=LAST_DATE, description="Settlement Day, London clock"
    )
    settlement_period = dy.Int64(
        primary_key=True, min=1, max=LONGEST_DAY, description="Settlement Period of the day, from 1"
    )


class SystemPrices(_OfAPeriod):
    """Imbalance prices of each period and how they came about."""

    system_buy_price_gbp_per_mwh = _figure("GBP/MWh", "Price of a MWh an account is short")
    system_sell_price_gbp_per_mwh = _figure("GBP/MWh", "Price of a MWh an account is long")
    net_imbalance_volume_mwh = _figure("MWh", "Positive: the system was short")
    price_derivation_code = dy.String(nullable=True, description="How the price came about")
    replacement_price_gbp_per_mwh = _figure(
        "GBP/MWh", "Price of the flagged actions left; null: none was left", nullable=True
    )
    replacement_price_volume_mwh = _figure(
        "MWh", "Volume it was averaged over; none: it is the Market Price", nullable=True
    )
    market_price_gbp_per_mwh = _figure(
        "GBP/MWh", "Market Price; null: no provider said one", nullable=True
    )
    reserve_scarcity_price_gbp_per_mwh = _figure(
        "GBP/MWh", "Least price of reserve in its window; null: not known", nullable=True
    )
    buy_price_adjuster_gbp_per_mwh = _figure("GBP/MWh", "Added when short", nullable=True)
    sell_price_adjuster_gbp_per_mwh = _figure("GBP/MWh", "Added when long", nullable=True)
    accepted_offer_volume_mwh = _figure("MWh", "Accepted offers of all units; never negative")
    accepted_bid_volume_mwh = _figure("MWh", "Accepted bids of all units; never positive")
    buy_adjustment_volume_mwh = _figure("MWh", "Bought outside the Balancing Mechanism")
    sell_adjustment_volume_mwh = _figure("MWh", "Sold outside it; never positive")


class NetImbalanceVolumes(_OfAPeriod):
    """How far the system was short or long."""

    net_imbalance_volume_mwh = _figure("MWh", "Positive: short, negative: long")


class StackedActions(_OfAPeriod):
    """Every action in the order of the stack, and its volume after each step of the price."""

    side = dy.Enum(list(SIDES), primary_key=True, description="Whether the system buys or sells")
    stack_rank = dy.Int64(primary_key=True, min=1, description="Rank in its side, cheapest first")
    action_id = dy.String(description="Name of the action in its period")
    action_type = dy.Enum(list(ACTION_TYPES), description="What kind of action")
    bm_unit = dy.String(nullable=True, description="The unit accepted; null: an adjustment")
    acceptance_number = dy.Int64(nullable=True, description="Number of the acceptance")
    pair_number = dy.Int64(nullable=True, description="Bid-offer pair")
    so_flag = dy.Bool(description="Taken by the System Operator for the network")
    cadl_flag = dy.Bool(description="Shorter than the Continuous Acceptance Duration Limit")
    stor_flag = dy.Bool(description="Short Term Operating Reserve")
    first_stage_flag = dy.Bool(description="Perhaps not taken for the energy balance")
    second_stage_flag = dy.Bool(description="Lost its price: takes the Replacement Price if left")
    reserve_repriced = dy.Bool(description="Raised to the Reserve Scarcity Price")
    price_gbp_per_mwh = _figure("GBP/MWh", "Price asked; null: unpriced", nullable=True)
    final_price_gbp_per_mwh = _figure("GBP/MWh", "Price in the end; null: none", nullable=True)
    volume_mwh = _figure("MWh", "Positive buys, negative sells")
    volume_after_de_minimis_mwh = _figure("MWh", "Left after de minimis tagging")
    volume_after_arbitrage_mwh = _figure("MWh", "Left after arbitrage tagging")
    volume_after_net_imbalance_mwh = _figure("MWh", "Left after NIV tagging")
    volume_after_price_average_mwh = _figure("MWh", "Left after PAR tagging")
    price_weight_per_unit = _figure("per unit", "Loss multiplier in the average")
    loss_adjusted_volume_mwh = _figure("MWh", "What the action weighs in the price")
    loss_adjusted_cost_gbp = _figure("GBP", "Its part of the cost that makes the price")


class AcceptedVolumes(_OfAPeriod):
    """What each acceptance moved a unit within each pair."""

    bm_unit = dy.String(primary_key=True, description="BM Unit")
    acceptance_number = dy.Int64(primary_key=True, description="Number of the acceptance")
    pair_number = dy.Int64(primary_key=True, min=-5, max=5, description="Bid-offer pair")
    accepted_at = dy.Datetime(time_zone="UTC", time_unit="us", description="When it was issued")
    accepted_offer_volume_mwh = _figure("MWh", "Moved up; never negative")
    accepted_bid_volume_mwh = _figure("MWh", "Moved down; never positive")


class PairCashflows(_OfAPeriod):
    """What accepted offers and bids of each pair of a unit are paid."""

    bm_unit = dy.String(primary_key=True, description="BM Unit")
    pair_number = dy.Int64(primary_key=True, min=-5, max=5, description="Bid-offer pair")
    accepted_offer_volume_mwh = _figure("MWh", "Moved up by all acceptances")
    accepted_bid_volume_mwh = _figure("MWh", "Moved down by all acceptances")
    offer_price_gbp_per_mwh = _figure("GBP/MWh", "Price of more output")
    bid_price_gbp_per_mwh = _figure("GBP/MWh", "Price of less output")
    transmission_loss_multiplier_per_unit = _figure("per unit", "Loss multiplier of the unit")
    offer_cashflow_gbp = _figure("GBP", "Positive: the Party is paid")
    bid_cashflow_gbp = _figure("GBP", "Positive: the Party is paid")


def system_prices(settled: Settled, settlement_date: date) -> dy.DataFrame[SystemPrices]:
    """The price of each period of the day, and what it was made of."""
    day = reported_day(settled, settlement_date)
    volume, kind = pl.col("volume_mwh"), pl.col("action_type")
    moved = {"offer": "accepted_offer", "bid": "accepted_bid"}
    moved |= {name: name for name in ("buy_adjustment", "sell_adjustment")}
    actions = (
        day.system("action_stack")
        .group_by(_PERIOD)
        .agg(
            total(volume.filter(kind == action_type)).alias(f"{name}_volume_mwh")
            for action_type, name in moved.items()
        )
    )
    replaced = day.system("replacement_price").rename(
        {"averaged_volume_mwh": "replacement_price_volume_mwh"}
    )
    whole = day.system("energy_imbalance_price")
    others = ("market_price", "reserve_scarcity_price", "price_adjusters")
    for part in (replaced, actions, *map(day.system, others)):
        whole = whole.join(part, on=_PERIOD, how="left", maintain_order="left")
    filled = whole.with_columns(
        pl.col(f"{name}_volume_mwh").fill_null(0.0) for name in moved.values()
    )
    return SystemPrices.validate(filled.select(SystemPrices.column_names()), cast=True)


def net_imbalance_volumes(
    settled: Settled, settlement_date: date
) -> dy.DataFrame[NetImbalanceVolumes]:
    """The imbalance of each period of the day."""
    day = reported_day(settled, settlement_date)
    return NetImbalanceVolumes.validate(day.system("net_imbalance_volume"), cast=True)


def stacked_actions(settled: Settled, settlement_date: date) -> dy.DataFrame[StackedActions]:
    """The stack of each period of the day, whole."""
    left = pl.col("volume_after_price_average_mwh") * pl.col("price_weight_per_unit")
    rows = (
        reported_day(settled, settlement_date)
        .system("action_stack")
        .with_columns(loss_adjusted_volume_mwh=left)
        .with_columns(
            loss_adjusted_cost_gbp=(left * pl.col("final_price_gbp_per_mwh")).fill_null(0.0)
        )
    )
    return StackedActions.validate(rows.select(StackedActions.column_names()), cast=True)


def accepted_volumes(settled: Settled, settlement_date: date) -> dy.DataFrame[AcceptedVolumes]:
    """QAO and QAB of each acceptance and pair of the day."""
    day = reported_day(settled, settlement_date)
    issued = day.system("acceptances").select("bm_unit", "acceptance_number", "accepted_at")
    rows = day.system("accepted_volume").join(
        issued, on=["bm_unit", "acceptance_number"], maintain_order="left"
    )
    return AcceptedVolumes.validate(rows.select(AcceptedVolumes.column_names()), cast=True)


def pair_cashflows(settled: Settled, settlement_date: date) -> dy.DataFrame[PairCashflows]:
    """The cash of each accepted pair of the day."""
    rows = reported_day(settled, settlement_date).system("accepted_pair_cashflow")
    return PairCashflows.validate(rows, cast=True)

import polars as pl
import pytest

from settlement_engine.reports.public_items import (
    AcceptedVolumes,
    NetImbalanceVolumes,
    PairCashflows,
    StackedActions,
    SystemPrices,
    accepted_volumes,
    net_imbalance_volumes,
    pair_cashflows,
    stacked_actions,
    system_prices,
)
from tests.unit.settlement_engine.reports.reported import DAY, settled

ITEMS = (SystemPrices, NetImbalanceVolumes, StackedActions, AcceptedVolumes, PairCashflows)
UNITS = {"_gbp_per_mwh": "GBP/MWh", "_mwh": "MWh", "_gbp": "GBP", "_per_unit": "per unit"}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.__name__)
def test_every_column_is_described_and_every_figure_ends_in_its_unit(item):
    for name, column in item.columns().items():
        assert column.description, name
        if column.dtype == pl.Float64:
            suffix = next(suffix for suffix in UNITS if name.endswith(suffix))
            assert column.metadata["unit"] == UNITS[suffix], name


def test_a_price_and_what_it_was_made_of():
    row = system_prices(settled(), DAY).row(0, named=True)
    assert row == {
        "settlement_date": DAY,
        "settlement_period": 1,
        "system_buy_price_gbp_per_mwh": 101.25,
        "system_sell_price_gbp_per_mwh": 101.25,
        "net_imbalance_volume_mwh": 21.0,
        "price_derivation_code": "P",
        "replacement_price_gbp_per_mwh": 100.0,
        "replacement_price_volume_mwh": 1.0,
        "market_price_gbp_per_mwh": 80.0,
        "reserve_scarcity_price_gbp_per_mwh": None,
        "buy_price_adjuster_gbp_per_mwh": 1.25,
        "sell_price_adjuster_gbp_per_mwh": 0.0,
        "accepted_offer_volume_mwh": 15.0,
        "accepted_bid_volume_mwh": -6.0,
        "buy_adjustment_volume_mwh": 12.0,
        "sell_adjustment_volume_mwh": 0.0,
    }


def test_the_imbalance_is_that_of_the_price():
    imbalances = net_imbalance_volumes(settled(), DAY)
    assert imbalances["net_imbalance_volume_mwh"].to_list() == [21.0, 21.0]


def test_the_price_follows_from_the_stack_that_is_published():
    stack = stacked_actions(settled(), DAY)
    average = stack.group_by("settlement_period").agg(
        price=pl.col("loss_adjusted_cost_gbp").sum() / pl.col("loss_adjusted_volume_mwh").sum()
    )
    assert average["price"].round(5).to_list() == [100.0, 100.0]  # before the adjuster of 1.25
    buys = stack.filter(settlement_period=1, side="buy")
    assert buys["stack_rank"].to_list() == [1, 2, 3]
    assert buys["action_type"].to_list() == ["offer", "buy_adjustment", "offer"]
    assert buys["volume_after_net_imbalance_mwh"].to_list() == [6.0, 12.0, 3.0]


def test_acceptances_add_up_to_the_pairs_and_pairs_to_the_cash_of_units():
    volumes, cash = accepted_volumes(settled(), DAY), pair_cashflows(settled(), DAY)
    for side in ("offer", "bid"):
        column = f"accepted_{side}_volume_mwh"
        assert volumes[column].sum() == cash[column].sum() != 0
    paid = cash["offer_cashflow_gbp"].sum() + cash["bid_cashflow_gbp"].sum()
    units = settled().decimals("bm_unit_cashflow")["bm_unit_cashflow_gbp"].sum()
    assert abs(paid - units) < 1e-6

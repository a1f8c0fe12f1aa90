from datetime import UTC, datetime

import polars as pl

from settlement_engine.reports.reported_day import reported_day
from settlement_engine.reports.system_records import (
    adjustment_action_data,
    period_information,
    system_period_data,
)
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market
from tests.unit.settlement_engine.reports.reported import DAY, first, settled, shown, to_party

KEY = {"settlement_date": DAY, "settlement_period": 1}


def settled_with(**frames):
    return TRADING_CHARGES.settle(small_market(DAY, periods=2) | frames, since=DAY, until=DAY)


def test_totals_of_a_period_are_the_sums_of_its_quantities():
    row = system_period_data(reported_day(settled(), DAY)).row(0, named=True)

    def total(name, column):
        return settled().decimals(name).filter(settlement_period=1)[column].sum()

    sums = {
        "total_bm_cashflow_gbp": ("bm_unit_cashflow", "bm_unit_cashflow_gbp"),
        "total_non_delivery_charge_gbp": ("bm_unit_cashflow", "non_delivery_charge_gbp"),
        "total_accepted_bid_volume_mwh": ("accepted_volume", "accepted_bid_volume_mwh"),
        "total_accepted_offer_volume_mwh": ("accepted_volume", "accepted_offer_volume_mwh"),
        "total_energy_contract_volume_mwh": ("contract_volumes", "contract_volume_mwh"),
        "total_energy_imbalance_volume_mwh": (
            "energy_imbalance_volume", "energy_imbalance_volume_mwh",
        ),
        "total_energy_imbalance_cashflow_gbp": (
            "energy_imbalance_cashflow", "energy_imbalance_cashflow_gbp",
        ),
        "total_residual_cashflow_gbp": ("residual_cashflow", "residual_cashflow_gbp"),
        "residual_cashflow_denominator_mwh": ("residual_reallocation", "counted_volume_mwh"),
        "system_operator_cashflow_gbp": (
            "system_operator_cashflow", "system_operator_cashflow_gbp",
        ),
    }  # fmt: skip
    for field, quantity in sums.items():
        assert abs(row[field] - total(*quantity)) < 1e-7, field


def test_the_period_says_how_its_price_came_about():
    row = first(to_party("ALPHA"), "SSD")
    assert shown(
        row, "system_buy_price_gbp_per_mwh", "price_derivation_code", "net_imbalance_volume_mwh",
        "replacement_price_gbp_per_mwh", "replacement_price_volume_mwh",
        "value_of_lost_load_gbp_per_mwh", "stor_availability_window_flag",
        "loss_of_load_probability_per_unit", "derated_margin_mw", "total_bsc_company_cost_gbp",
    ) == {
        "system_buy_price_gbp_per_mwh": 101.25,
        "price_derivation_code": "P",
        "net_imbalance_volume_mwh": 21.0,
        "replacement_price_gbp_per_mwh": 100.0,
        "replacement_price_volume_mwh": 1.0,
        "value_of_lost_load_gbp_per_mwh": 6000.0,
        "stor_availability_window_flag": False,
        "loss_of_load_probability_per_unit": None,
        "derated_margin_mw": None,
        "total_bsc_company_cost_gbp": None,
    }  # fmt: skip


def test_a_period_that_starts_in_a_window_carries_its_flag_and_the_scarcity_price():
    window = pl.DataFrame(
        {
            "starts_at": [datetime(2026, 1, 5, 0, 30, tzinfo=UTC)],
            "ends_at": [datetime(2026, 1, 5, 1, 0, tzinfo=UTC)],
        }
    )
    likely = pl.DataFrame([KEY | {"loss_of_load_probability": 0.0334}])
    rows = system_period_data(
        reported_day(settled_with(stor_windows=window, loss_of_load=likely), DAY)
    )
    assert rows["stor_availability_window_flag"].to_list() == [False, True]
    assert rows["reserve_scarcity_price_gbp_per_mwh"].to_list() == [200.4, None]


def test_the_public_form_says_demand_and_generation_by_delivery_mode():
    row = period_information(reported_day(settled(), DAY)).row(0, named=True)
    assert row["total_demand_mwh"] == -270.0
    assert row["total_generation_mwh"] == 276.0
    assert row["continuous_acceptance_duration_limit_minutes"] == 10
    assert row["de_minimis_acceptance_threshold_mwh"] == 0.1
    assert row["arbitrage_flag"] is False


def test_adjustments_are_numbered_and_one_of_no_volume_is_written():
    def adjustment(name, cost, volume):
        return KEY | {"action_id": name, "cost_gbp": cost, "volume_mwh": volume}

    given = pl.DataFrame(
        [
            adjustment("10", None, 4.0),
            adjustment("2", 1200.0, 12.0),
            adjustment("1", 0.0, 0.0),
        ]
    )
    rows = adjustment_action_data(reported_day(settled_with(adjustment_actions=given), DAY))
    assert rows["adjustment_action_number"].to_list() == [1, 2, 3]
    assert rows["volume_mwh"].to_list() == [0.0, 12.0, 4.0]
    assert rows["cost_gbp"].to_list() == [0.0, 1200.0, None]
    parts = rows.select(
        pl.sum_horizontal(
            "tagged_volume_mwh", "repriced_volume_mwh", "originally_priced_volume_mwh"
        )
    ).to_series()
    assert parts.to_list() == [0.0, 12.0, 4.0]

from datetime import timedelta

import polars as pl

from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market
from tests.unit.settlement_engine.reports.reported import (
    DAY,
    first,
    settled,
    shown,
    to_operator,
    to_party,
)


def test_a_unit_that_delivered_less_than_accepted():
    row = first(to_party("ALPHA"), "BPD")
    assert shown(
        row, "bm_unit", "notified_volume_mwh", "balancing_services_volume_mwh",
        "expected_metered_volume_mwh", "metered_volume_mwh", "information_imbalance_volume_mwh",
        "non_delivered_offer_volume_mwh", "non_delivered_bid_volume_mwh", "trading_unit",
        "trading_unit_metered_volume_mwh", "transmission_loss_factor_per_unit",
        "settlement_expected_volume_mwh", "supplier_compensation_volume_mwh",
    ) == {
        "bm_unit": "T_A-1",
        "notified_volume_mwh": 120.0,
        "balancing_services_volume_mwh": 15.0,
        "expected_metered_volume_mwh": 135.0,
        "metered_volume_mwh": 132.0,
        "information_imbalance_volume_mwh": 3.0,
        "non_delivered_offer_volume_mwh": 3.0,
        "non_delivered_bid_volume_mwh": 0.0,
        "trading_unit": "SITE_A",
        "trading_unit_metered_volume_mwh": 132.0,
        "transmission_loss_factor_per_unit": -0.0123456,
        "settlement_expected_volume_mwh": None,
        "supplier_compensation_volume_mwh": None,
    }  # fmt: skip


def test_a_supplier_and_a_secondary_unit_say_what_was_delivered_behind_the_meter():
    names = (
        "metered_volume_mwh", "supplier_delivered_volume_mwh", "notified_volume_mwh",
        "settlement_expected_volume_mwh",
    )  # fmt: skip
    supplier = first(to_operator(), "BP7", bm_unit="2__ASUPP000")
    secondary = first(to_operator(), "BP7", bm_unit="V__AAGGR000")
    assert list(shown(supplier, *names).values()) == [-150.0, 6.0, 0.0, None]
    assert list(shown(secondary, *names).values()) == [6.0, None, None, 0.0]


def test_v1_losses_are_one_number_for_each_delivery_mode_and_period():
    rows = to_operator().records["BP7"].filter(pl.col("bm_unit") != "I_X-1")
    adjustment = rows.with_columns(
        left=pl.col("transmission_loss_multiplier_per_unit")
        - 1
        - pl.col("transmission_loss_factor_per_unit"),
        mode=pl.col("trading_unit_metered_volume_mwh") > 0,
    )
    found = adjustment.group_by("settlement_period", "mode").agg(pl.col("left").n_unique())
    assert found.height == 4
    assert found["left"].to_list() == [1] * 4


def test_v2_the_gap_is_that_of_what_is_written_even_where_rounding_moves_both():
    metered = small_market(DAY, periods=1)["metered_volumes"].with_columns(
        pl.col("metered_volume_mwh") + 0.0004
    )
    frames = small_market(DAY, periods=1)
    services = frames["applicable_balancing_services_volumes"].with_columns(
        applicable_volume_mwh=pl.lit(-6.0006)
    )
    given = frames | {
        "metered_volumes": metered,
        "applicable_balancing_services_volumes": services,
    }
    rows = to_operator(TRADING_CHARGES.settle(given, since=DAY, until=DAY)).records["BP7"]
    gap = (rows["metered_volume_mwh"] - rows["expected_metered_volume_mwh"]).abs()
    assert gap.to_list() == rows["information_imbalance_volume_mwh"].to_list()


def test_v3_units_without_acceptances_deliver_all_they_should():
    idle = to_operator().records["BP7"].filter(~pl.col("bm_unit").is_in(["T_A-1", "T_B-1"]))
    assert idle.height == 8
    for name in (
        "non_delivered_offer_volume_mwh", "non_delivered_bid_volume_mwh", "non_delivery_charge_gbp",
    ):  # fmt: skip
        assert set(idle[name]) == {0}


def test_lines_are_cut_to_the_period_and_counted_in_its_minutes():
    frames = small_market(DAY, periods=1)
    lines = frames["physical_notifications"].with_columns(
        from_at=pl.col("from_at") - timedelta(minutes=10),
        to_at=pl.col("to_at") + timedelta(minutes=20),
        from_mw=pl.lit(0.0),
        to_mw=pl.lit(600.0),
    )
    results = TRADING_CHARGES.settle(
        frames | {"physical_notifications": lines}, since=DAY, until=DAY
    )
    row = first(to_party("ALPHA", results), "FPN")
    assert shown(row, "from_minutes", "from_mw", "to_minutes", "to_mw") == {
        "from_minutes": 0, "from_mw": 100.0, "to_minutes": 30, "to_mw": 400.0,
    }  # fmt: skip


def test_a_reallocation_is_told_to_the_lead_party():
    row = first(to_party("ALPHA"), "MVR")
    credited = settled().decimals("credited_energy_volume").filter(
        party_id="BANK", settlement_period=1
    )  # fmt: skip
    assert row["subsidiary_party_id"] == "BANK"
    assert row["energy_account"] == "production"
    volume = credited["credited_energy_volume_mwh"].item()
    assert abs(float(row["credited_energy_volume_mwh"]) - volume) <= 0.0005
    assert to_party("BANK").records["MVR"].is_empty()

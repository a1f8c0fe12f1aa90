import polars as pl

from tests.unit.settlement_engine.reports.reported import (
    DAY,
    first,
    settled,
    shown,
    to_company,
    to_operator,
    to_party,
)


def test_the_charges_of_the_day_are_to_the_penny_and_empty_where_nobody_knows():
    [row] = to_party("ALPHA").records["APC"].to_dicts()
    charges = settled().decimals("daily_party_charges").filter(party_id="ALPHA")
    for name in ("bm_unit_cashflow_gbp", "energy_imbalance_cashflow_gbp", "residual_cashflow_gbp"):
        assert float(row[name]) == charges[name].item()
    assert row["bsc_company_cost_gbp"] is None
    assert row["supplier_compensation_cashflow_gbp"] is None


def test_charges_of_all_parties_and_the_operator_come_to_nothing():
    rows = to_company().records["APC"]
    net = (
        rows["bm_unit_cashflow_gbp"].sum()
        - rows["non_delivery_charge_gbp"].sum()
        - rows["energy_imbalance_cashflow_gbp"].sum()
        - rows["information_imbalance_charge_gbp"].sum()
        + rows["residual_cashflow_gbp"].sum()
    )
    assert abs(float(net - rows["system_operator_cashflow_gbp"][0])) <= 0.005 * 5 * rows.height


def test_an_account_adds_up():
    for row in to_company().records["APD"].to_dicts():
        gap = (
            row["credited_energy_volume_mwh"]
            - row["balancing_services_volume_mwh"]
            - row["contract_volume_mwh"]
            - row["energy_imbalance_volume_mwh"]
        )
        assert abs(float(gap)) <= 0.002


def test_shares_of_the_residual_are_one_whole():
    shares = to_company().records["APD"].group_by("settlement_period").agg(
        pl.col("residual_reallocation_per_unit").sum()
    )  # fmt: skip
    gaps = shares["residual_reallocation_per_unit"].cast(float) - 1
    assert gaps.abs().max() <= 1e-6


def test_units_of_an_account_add_up_to_it():
    file = to_company()
    units = file.records["APB"].group_by("settlement_period", "party_id", "energy_account").agg(
        units=pl.col("credited_energy_volume_mwh").sum()
    )  # fmt: skip
    both = file.records["APD"].join(units, on=["settlement_period", "party_id", "energy_account"])
    assert both.height == file.records["APD"].height
    assert (both["units"] - both["credited_energy_volume_mwh"]).cast(float).abs().max() <= 0.002


def test_what_was_reallocated_to_an_account_says_so():
    row = first(to_party("BANK"), "APB")
    assert shown(row, "bm_unit", "reallocation_mwh", "reallocation_percent") == {
        "bm_unit": "T_A-1",
        "reallocation_mwh": 6.0,
        "reallocation_percent": 25.0,
    }
    own = first(to_party("ALPHA"), "APB")
    assert own["reallocation_percent"] is None


def test_a_period_charges_what_its_quantities_say():
    row = first(to_party("ALPHA"), "PPC")
    paid = settled().decimals("party_cashflow").filter(party_id="ALPHA", settlement_period=1)
    assert float(row["non_delivery_charge_gbp"]) == 143.36
    assert abs(paid["non_delivery_charge_gbp"].item() - 143.36) < 0.005


def test_who_has_an_account_but_no_unit_is_no_public_matter():
    assert "BANK" in set(to_company().records["BPH"]["party_id"])
    assert "BANK" not in set(to_operator().records["BPH"]["party_id"])
    assert to_company().records["SRH"]["settlement_date"].to_list() == [DAY]

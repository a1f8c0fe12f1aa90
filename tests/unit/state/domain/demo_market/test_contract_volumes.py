import polars as pl

KEYS = ["settlement_date", "settlement_period"]


def test_contracts_add_to_zero_in_every_period(frames):
    thousandths = (
        frames["contract_volumes"]
        .group_by(KEYS)
        .agg(net=(pl.col("contract_volume_mwh") * 1000 + 0.5).floor().cast(pl.Int64).sum())
    )
    assert thousandths.height == 7 * 48 + 2
    assert (thousandths["net"] == 0).all()


def test_suppliers_buy_into_their_consumption_account(frames):
    bought = frames["contract_volumes"].filter(pl.col("energy_account") == "consumption")
    assert bought["party_id"].n_unique() == 10
    assert bought["contract_volume_mwh"].max() < 0


def test_sellers_and_traders_use_their_production_account_once_a_period(market, frames):
    contracts = frames["contract_volumes"]
    assert sorted(contracts["energy_account"].unique()) == ["consumption", "production"]
    assert contracts.select(*KEYS, "party_id", "energy_account").is_unique().all()
    traders = {company.party_id for company in market.companies if company.has_role("TN")}
    assert traders <= set(contracts["party_id"])


def test_most_is_covered_by_contract(market, frames):
    """Sellers hold contracts near what they meter; the rest is imbalance, and small."""
    lead = {unit.bm_unit: unit.lead_party for unit in market.bm_units}
    metered = (
        frames["metered_volumes"]
        .group_by(*KEYS, party_id=pl.col("bm_unit").replace_strict(lead))
        .agg(pl.col("metered_volume_mwh").sum())
    )
    contracted = (
        frames["contract_volumes"]
        .group_by(*KEYS, "party_id")
        .agg(pl.col("contract_volume_mwh").sum())
    )
    both = metered.join(contracted, on=[*KEYS, "party_id"])
    gap = (both["metered_volume_mwh"] - both["contract_volume_mwh"]).abs().sum()
    assert gap / both["metered_volume_mwh"].abs().sum() < 0.08

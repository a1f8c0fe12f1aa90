import polars as pl
import pytest

from state.domain.demo_market.metered_volume_reallocations import REALLOCATIONS

ACCOUNT = {"P": "production", "C": "consumption"}
KEYS = ["settlement_date", "settlement_period"]


def test_contracts_add_to_zero_in_every_period(frames):
    thousandths = (
        frames["contract_volumes"]
        .group_by(KEYS)
        .agg(net=(pl.col("contract_volume_mwh") * 1000 + 0.5).floor().cast(pl.Int64).sum())
    )
    assert thousandths.height == 7 * 48 + 2
    assert (thousandths["net"] == 0).all()


def test_suppliers_and_exporters_buy_into_their_consumption_accounts(market, frames):
    bought = frames["contract_volumes"].filter(pl.col("energy_account") == "consumption")
    consumers = {u.lead_party for u in market.bm_units if u.production_consumption_flag == "C"}
    assert set(bought["party_id"]) == consumers
    assert bought["contract_volume_mwh"].max() <= 0
    suppliers = bought.filter(
        pl.col("party_id").is_in([u.lead_party for u in market.bm_units if u.unit_type == "G"])
    )
    assert suppliers["party_id"].n_unique() == 10
    assert suppliers["contract_volume_mwh"].max() < 0


def test_who_is_given_energy_sells_it_on(frames):
    given = {notice.party_id: notice for notice in REALLOCATIONS}
    means = dict(
        frames["contract_volumes"]
        .filter(pl.col("energy_account") == "production", pl.col("party_id").is_in(list(given)))
        .group_by("party_id")
        .agg(pl.col("contract_volume_mwh").mean())
        .iter_rows()
    )
    assert means["TYNETRAD"] == pytest.approx(2.0, abs=0.5)
    assert 20 < means["CORMRANT"] < 64  # a fifth of a unit of 640 MW, for half an hour


def test_traders_without_a_unit_are_nearly_closed(market, frames):
    leads = {unit.lead_party for unit in market.bm_units} | {n.party_id for n in REALLOCATIONS}
    traders = frames["contract_volumes"].filter(
        pl.col("energy_account") == "production", ~pl.col("party_id").is_in(list(leads))
    )
    assert traders["party_id"].n_unique() > 5
    assert traders["contract_volume_mwh"].abs().max() <= 3
    assert (traders["contract_volume_mwh"] != 0).any()


def test_sellers_and_traders_use_their_production_account_once_a_period(market, frames):
    contracts = frames["contract_volumes"]
    assert sorted(contracts["energy_account"].unique()) == ["consumption", "production"]
    assert contracts.select(*KEYS, "party_id", "energy_account").is_unique().all()
    traders = {company.party_id for company in market.companies if company.has_role("TN")}
    assert traders <= set(contracts["party_id"])


def imbalances(frames) -> pl.DataFrame:
    """Each account's volume and imbalance, losses left out: given less services less contracted.

    A Secondary BM Unit gives what it delivered; behind a Supplier's unit that is a service.
    """
    units = frames["bm_unit_registrations"].select(
        "bm_unit",
        "party_id",
        is_secondary=pl.col("unit_type") == "V",
        energy_account=pl.col("production_consumption_flag").replace_strict(ACCOUNT),
    )
    delivered = frames["delivered_volumes"].join(units, on="bm_unit")
    volumes = {
        "metered_volume_mwh": frames["metered_volumes"],
        "delivered_volume_mwh": delivered.filter(pl.col("is_secondary")),
    }
    services = {
        "volume_mwh": frames["balancing_actions"].drop_nulls("bm_unit"),
        "applicable_volume_mwh": frames["applicable_balancing_services_volumes"],
        "delivered_volume_mwh": delivered.filter(~pl.col("is_secondary")),
    }
    unit = [*KEYS, "bm_unit"]
    actual, moved = (
        pl.concat(frame.select(*unit, mwh=column) for column, frame in parts.items())
        .group_by(unit)
        .agg(pl.col("mwh").sum())
        for parts in (volumes, services)
    )
    own = (
        actual.join(moved, on=unit, how="full", coalesce=True, suffix="_moved")
        .join(units, on="bm_unit")
        .with_columns(size=pl.col("mwh").fill_null(0).abs())
        .with_columns(net=pl.col("mwh").fill_null(0) - pl.col("mwh_moved").fill_null(0))
    )
    given = own.join(
        frames["metered_volume_reallocations"].rename({"party_id": "to"}), on=[*KEYS, "bm_unit"]
    ).with_columns(
        given=pl.col("net") * pl.col("reallocation_percent") / 100 + pl.col("reallocation_mwh")
    )
    columns = (*KEYS, "party_id", "energy_account")
    rows = [
        own.select(*columns, "net", "size"),
        given.select(*columns, net=-pl.col("given"), size=pl.lit(0.0)),
        given.select(
            *KEYS, pl.col("to").alias("party_id"), "energy_account", net="given", size="given"
        ),
        frames["contract_volumes"].select(
            *columns, net=-pl.col("contract_volume_mwh"), size=pl.lit(0.0)
        ),
    ]
    return pl.concat(rows).group_by(columns).agg(pl.col("net").sum(), pl.col("size").sum())


@pytest.fixture(scope="module")
def accounts(frames) -> pl.DataFrame:
    return imbalances(frames)


def test_nearly_all_is_covered_by_contract(accounts):
    assert accounts["net"].abs().sum() / accounts["size"].sum() < 0.03


def test_no_account_that_produces_is_out_by_more_than_its_errors(accounts):
    producing = accounts.filter(pl.col("energy_account") == "production")
    beyond = producing.filter(pl.col("net").abs() > 0.035 * pl.col("size") + 4)
    assert beyond.is_empty(), beyond


def test_what_consumes_is_out_by_the_system_imbalance_and_little_else(market, accounts):
    """Suppliers carry what the System Operator moved, each by its share: no account alone."""
    suppliers = [unit.lead_party for unit in market.bm_units if unit.unit_type == "G"]
    taking = accounts.filter(pl.col("energy_account") == "consumption")
    exporters = taking.filter(~pl.col("party_id").is_in(suppliers))
    assert exporters.filter(pl.col("net").abs() > 0.035 * pl.col("size") + 0.5).is_empty()
    shared = taking.filter(pl.col("party_id").is_in(suppliers)).with_columns(
        all=pl.col("net").sum().over(KEYS) / pl.col("size").sum().over(KEYS)
    )
    apart = shared.select(d=(pl.col("net") / pl.col("size") - pl.col("all")).abs())["d"]
    assert apart.quantile(0.95) < 0.03
    assert apart.max() < 0.08

from datetime import date

import polars as pl
import pytest

from settlement_engine.flows.reading import read
from settlement_engine.flows.writing import write
from settlement_engine.reports.settlement_report import (
    report_to_bsc_company,
    report_to_party,
    report_to_system_operator,
)
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.demo_market.market import demo_market
from tests.small_market import small_market
from tests.unit.settlement_engine.reports.reported import (
    DAY,
    HEADER,
    RUN,
    settled,
    to_company,
    to_operator,
    to_party,
)

DEMO_DAY = date(2026, 3, 29)  # 46 periods
PARTIES = ("ALPHA", "BANK", "BETA", "SUPPLY", "TRADER", "VLP")


@pytest.fixture(scope="module")
def demo_results():
    """The demo market's day on which clocks go forward."""
    market = demo_market(7, DEMO_DAY, weeks=1)
    frames = market.frames(DEMO_DAY, DEMO_DAY)
    given = {
        name: frames[name].select(set(schema.column_names()) & set(frames[name].columns))
        for name, schema in TRADING_CHARGES.given.items()
        if name in frames
    }
    return TRADING_CHARGES.settle(given, since=DEMO_DAY, until=DEMO_DAY, whole_days=True)


@pytest.mark.parametrize("file", [to_party("ALPHA"), to_operator(), to_company()])
def test_v15_what_was_written_reads_back_and_is_written_again(file):
    again = read(write(file.flow, file.version, file.header, file.records))
    for name, frame in file.records.items():
        assert again.records[name].equals(frame), name


def test_the_header_says_of_which_run_it_is_and_for_whom():
    [row] = to_party("BETA").records["SRH"].to_dicts()
    assert row == {
        "settlement_date": DAY,
        "run_type": "SF",
        "saa_run_number": 1,
        "saa_cdca_run_number": 2,
        "svaa_cdca_settlement_date": DAY,
        "svaa_cdca_run_number": 3,
        "svaa_ssr_run_number": 46202,
        "party_id": "BETA",
    }
    assert to_operator().records["SRH"]["recipient_party_id"].to_list() == ["NETSO"]


@pytest.mark.parametrize("party_id", PARTIES)
def test_a_party_reads_of_its_own_units_and_accounts_and_of_no_others(party_id):
    """Only APB names units of others: those that are reallocated to its account."""
    register = settled().frames["registered_bm_unit"]
    own = set(register.filter(party_id=party_id)["bm_unit"])
    for name, frame in to_party(party_id).records.items():
        if "bm_unit" in frame.columns and name != "APB":
            assert set(frame["bm_unit"]) <= own, name
        assert set(frame["party_id"]) <= {party_id}, name
    text = report_to_party(settled(), DAY, party_id, RUN, HEADER)
    others = set(register["bm_unit"]) - own - ({"T_A-1"} if party_id == "BANK" else set())
    assert not [unit for unit in others if unit in text]


def test_two_parties_read_different_files_that_add_up_to_the_company_s():
    files = [to_party(party_id).records for party_id in PARTIES]
    for name in ("APC", "APD", "APB", "BPD", "FPN", "BOD", "BOS", "BOA", "BO5", "BO8", "MVR"):
        whole = to_company().records[name]
        parts = pl.concat([records[name].select(whole.columns) for records in files])
        assert parts.sort(parts.columns).equals(whole.sort(whole.columns)), name
    assert files[0]["BPD"].height != files[2]["BPD"].height
    assert files[0]["SSD"].drop("party_id").equals(files[2]["SSD"].drop("party_id"))


def test_the_public_form_names_no_account_contract_or_reallocation():
    file = to_operator()
    assert all(file.records[name].is_empty() for name in ("APD", "APB", "MVR"))
    assert "BANK" not in report_to_system_operator(settled(), DAY, "NETSO", RUN, HEADER)
    same = ["settlement_period", "bm_unit", "metered_volume_mwh", "non_delivery_charge_gbp"]
    assert file.records["BP7"].select(same).equals(to_company().records["BPD"].select(same))


def test_a_day_of_the_demo_market_is_reported_whole(demo_results):
    public = read(report_to_system_operator(demo_results, DEMO_DAY, "NETSO", RUN, HEADER)).records
    assert public["SPI"]["settlement_period"].to_list() == list(range(1, 47))
    units = demo_results.frames["delivery_mode"]
    assert public["BP7"].height == units.height
    metered = demo_results.decimals("delivery_mode")["actual_volume_mwh"].sum()
    assert abs(float(public["BP7"]["metered_volume_mwh"].sum()) - metered) < 0.0005 * units.height
    gap = (public["BP7"]["metered_volume_mwh"] - public["BP7"]["expected_metered_volume_mwh"]).abs()
    assert gap.equals(public["BP7"]["information_imbalance_volume_mwh"], check_names=False)
    accepted = demo_results.decimals("accepted_volume")
    for side in ("bid", "offer"):
        column = f"accepted_{side}_volume_mwh"
        total = float(public["BO8"][column].sum())
        assert abs(total - accepted[column].sum()) <= 0.0005 * accepted.height


def test_every_party_of_the_demo_market_can_be_told(demo_results):
    charges = demo_results.decimals("daily_party_charges")
    for party_id in charges["party_id"].head(5):
        file = read(report_to_party(demo_results, DEMO_DAY, party_id, RUN, HEADER))
        told = float(file.records["APC"]["energy_imbalance_cashflow_gbp"].item())
        owed = charges.filter(party_id=party_id)["energy_imbalance_cashflow_gbp"].item()
        assert told == owed
    company = read(report_to_bsc_company(demo_results, DEMO_DAY, "BSCCO", RUN, HEADER))
    assert company.records["APC"].height == charges.height


def test_a_day_before_p305_has_two_prices_and_no_code():
    day = date(2014, 1, 6)
    results = TRADING_CHARGES.settle(small_market(day, periods=1), since=day, until=day)
    row = (
        read(report_to_party(results, day, "ALPHA", RUN, HEADER)).records["SSD"].row(0, named=True)
    )
    assert row["system_buy_price_gbp_per_mwh"] > row["system_sell_price_gbp_per_mwh"]
    assert row["price_derivation_code"] is None
    assert row["value_of_lost_load_gbp_per_mwh"] is None

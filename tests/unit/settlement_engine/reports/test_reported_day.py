from datetime import date, timedelta

import pytest

from settlement_engine.reports.reported_day import ReportError, reported_day
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market
from tests.unit.settlement_engine.reports.reported import DAY, settled


def test_a_party_has_its_own_units_and_accounts_and_no_others():
    day = reported_day(settled(), DAY, "BETA")
    assert set(day.units("metered_volumes")["bm_unit"]) == {"T_B-1", "2__BBETA000"}
    assert set(day.units("acceptances")["bm_unit"]) == {"T_B-1"}
    assert set(day.accounts("energy_imbalance_volume")["party_id"]) == {"BETA"}
    assert set(day.accounts("credited_energy_volume")["bm_unit"]) == {"T_B-1", "2__BBETA000"}


def test_the_whole_day_has_all_of_them_and_so_has_the_system():
    whole, own = reported_day(settled(), DAY), reported_day(settled(), DAY, "BETA")
    assert whole.units("metered_volumes").height == 10
    assert own.system("metered_volumes").height == 10
    assert whole.periods()["settlement_period"].to_list() == [1, 2]


def test_a_day_of_several_is_cut_out():
    days = [DAY - timedelta(days=1), DAY]
    frames = [small_market(day, periods=1) for day in days]
    together = frames[0] | {
        name: frames[0][name].vstack(frames[1][name])
        for name in frames[0]
        if "settlement_date" in frames[0][name].columns
    }
    results = TRADING_CHARGES.settle(together, since=days[0], until=days[1])
    for day in days:
        found = reported_day(results, day).system("energy_imbalance_price")
        assert found["settlement_date"].to_list() == [day]


def test_a_quantity_that_the_rules_of_the_day_do_not_know_is_empty():
    day = date(2014, 1, 6)
    results = TRADING_CHARGES.settle(small_market(day, periods=1), since=day, until=day)
    assert reported_day(results, day).system("reserve_scarcity_price").is_empty()


def test_a_day_that_was_not_settled_is_refused():
    with pytest.raises(ReportError, match="2026-01-06 was not settled"):
        reported_day(settled(), date(2026, 1, 6))


def test_results_that_are_not_whole_are_refused():
    part = TRADING_CHARGES.settle(
        small_market(DAY, periods=1), since=DAY, until=DAY, wanted=["energy_imbalance_price"]
    )
    with pytest.raises(ReportError, match=r"daily_party_charges.* was not worked out"):
        reported_day(part, DAY)

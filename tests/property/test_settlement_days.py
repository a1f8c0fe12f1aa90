"""Whole days that are unlike others: when clocks change, and when rules change."""

from datetime import date, timedelta

import polars as pl
import pytest

from settlement_engine.settling import RulebookError
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import SECONDARY, small_market

CLOCK_CHANGES = {
    date(2016, 3, 27): 46,
    date(2016, 10, 30): 50,
    date(2026, 3, 29): 46,
    date(2026, 10, 25): 50,
}
RULE_CHANGES = [
    date(2012, 11, 29),
    date(2013, 6, 27),
    date(2015, 11, 5),
    date(2018, 4, 1),
    date(2018, 11, 1),
    date(2019, 2, 28),
    date(2019, 4, 1),
    date(2023, 2, 23),
]
QUANTITIES = {rule.name for rule in TRADING_CHARGES.rules}
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(("day", "periods"), CLOCK_CHANGES.items(), ids=str)
def test_a_day_of_46_or_50_periods_settles_whole(day, periods):
    settled = TRADING_CHARGES.settle(small_market(day), since=day, until=day, whole_days=True)

    for name in ("energy_imbalance_price", "settlement_balance", "system_operator_cashflow"):
        assert settled.decimals(name)["settlement_period"].to_list() == list(range(1, periods + 1))
    notified = settled.decimals("notified_volume").filter(bm_unit="T_A-1")["notified_volume_mwh"]
    assert notified.to_list() == [120.0] * periods
    paid = settled.decimals("accepted_volume").filter(bm_unit="T_A-1", pair_number=2)
    assert paid["accepted_offer_volume_mwh"].to_list() == [9.0] * periods
    assert settled.frames["settlement_balance"]["rounding_remainder_gbp"].abs().max() <= 4


@pytest.mark.parametrize("change", RULE_CHANGES, ids=str)
def test_both_sides_of_a_change_of_rules_settle_whole(change):
    for day in (change - A_DAY, change):
        settled = TRADING_CHARGES.settle(small_market(day, periods=2), since=day, until=day)
        missing = QUANTITIES - set(settled.worked_out)
        assert missing == ({"reserve_scarcity_price"} if day < date(2015, 11, 5) else set())
        assert not settled.lacking
        assert settled.frames["party_cashflow"].filter(party_id="ALPHA").height == 2


@pytest.mark.parametrize("change", RULE_CHANGES[:5], ids=str)
def test_two_days_across_a_change_are_the_two_days_by_themselves(change):
    days = [change - A_DAY, change]
    frames = [small_market(day, periods=2) for day in days]
    together = {
        name: pl.concat([frame[name] for frame in frames]).unique(maintain_order=True)
        for name in frames[0]
        if name not in {"acceptances", "acceptance_points"}
    }
    for name in ("acceptances", "acceptance_points"):
        second = frames[1][name].with_columns(pl.col("acceptance_number") + 1)
        together[name] = pl.concat([frames[0][name], second])
    both = TRADING_CHARGES.settle(together, since=days[0], until=days[1])
    for day, frame in zip(days, frames, strict=True):
        alone = TRADING_CHARGES.settle(frame, since=day, until=day)
        found = both.decimals("party_cashflow").filter(settlement_date=day)
        assert found.equals(alone.decimals("party_cashflow"))


def settled_on(day):
    return TRADING_CHARGES.settle(small_market(day, periods=1), since=day, until=day)


def multiplier(day, unit):
    losses = settled_on(day).decimals("transmission_loss_multiplier")
    return losses.filter(bm_unit=unit)["transmission_loss_multiplier_per_unit"].item()


def test_interconnectors_bear_losses_until_p278():
    assert multiplier(date(2012, 11, 28), "I_X-1") != 1
    assert multiplier(date(2012, 11, 29), "I_X-1") == 1


def test_interconnectors_share_the_residual_until_p285():
    def share(day):
        shares = settled_on(day).decimals("residual_reallocation").filter(party_id="TRADER")
        return shares["residual_reallocation_per_unit"].item()

    assert share(date(2013, 6, 26)) > 0
    assert share(date(2013, 6, 27)) == 0


def test_zones_have_loss_factors_from_p350():
    assert multiplier(date(2018, 3, 31), "T_A-1") == multiplier(date(2018, 3, 31), "T_B-1")
    before, after = (multiplier(day, "T_A-1") for day in (date(2018, 3, 31), date(2018, 4, 1)))
    assert before != after


def test_there_is_one_price_from_p305():
    def both(day):
        price = settled_on(day).decimals("energy_imbalance_price")
        return price.select("system_buy_price_gbp_per_mwh", "system_sell_price_gbp_per_mwh").row(0)

    buy, sell = both(date(2015, 11, 4))
    assert buy > sell
    assert len(set(both(date(2015, 11, 5)))) == 1


def test_a_baseline_stands_in_for_a_notification_from_p376():
    def planned(day):
        expected = settled_on(day).decimals("expected_metered_volume").filter(bm_unit=SECONDARY)
        return expected["expected_metered_volume_mwh"].item()

    assert planned(date(2023, 2, 22)) == planned(date(2023, 2, 23)) == 0


def test_a_day_before_the_rules_is_refused_with_what_to_do():
    day = date(2009, 11, 4)
    with pytest.raises(RulebookError) as refused:
        TRADING_CHARGES.settle(small_market(day, periods=1), since=day, until=day)
    assert str(refused.value) == (
        "2009-11-04 cannot be settled: the rules of trading_charges start on 2009-11-05. Earlier "
        "Settlement Dates had rules that are not implemented; choose a later date."
    )
    assert settled_on(date(2009, 11, 5)).frames["energy_imbalance_price"].height == 1

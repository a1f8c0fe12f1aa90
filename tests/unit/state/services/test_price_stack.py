from datetime import date, timedelta
from decimal import Decimal

import pytest

from settlement_engine.runs import RunType
from state.domain.actor import ANYONE
from state.services.price_stack import price_stack, rules_on
from tests.settled_market import (
    DAY,
    NOW,
    correct_meters,
    published,
    small_frames,
    store_small_market,
)


@pytest.mark.parametrize(
    ("on", "de_minimis", "price_average"),
    [
        (date(2016, 1, 1), Decimal(1), Decimal(50)),
        (date(2018, 10, 31), Decimal(1), Decimal(50)),
        (date(2018, 11, 1), Decimal(1), Decimal(1)),
        (date(2026, 10, 25), Decimal("0.1"), Decimal(1)),
    ],
)
def test_the_rules_are_those_of_the_date(
    on: date, de_minimis: Decimal, price_average: Decimal
) -> None:
    rules = rules_on(actor=ANYONE, settlement_date=on)
    assert rules.in_force.de_minimis_mwh == de_minimis
    assert rules.in_force.price_average_mwh == price_average


def test_each_is_shown_with_its_unit_its_first_day_and_its_source() -> None:
    shown = {
        rule.symbol: rule for rule in rules_on(actor=ANYONE, settlement_date=date(2026, 1, 1)).shown
    }
    assert shown["DMAT"].value == "0.1 MWh"
    assert shown["PAR"].since == date(2018, 11, 1)
    assert "P305" in shown["RPAR"].source


def test_the_history_holds_every_run_that_published_the_price_the_first_first(database) -> None:
    store_small_market()
    later = NOW + timedelta(hours=1)
    published()
    correct_meters(small_frames()["bm_unit_registrations"]["bm_unit"][0], 3.0)
    published(RunType.SF, now=later)
    found = price_stack(actor=ANYONE, settlement_date=DAY, settlement_period=20)
    assert [(each.run, each.published_at) for each in found.history] == [("II", NOW), ("SF", later)]
    assert found.price is not None
    assert found.history[-1].price_gbp_per_mwh == found.price["system_buy_price_gbp_per_mwh"]
    assert found.history[-1].imbalance_mwh == found.price["net_imbalance_volume_mwh"]

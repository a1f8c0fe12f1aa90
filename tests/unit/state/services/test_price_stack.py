from datetime import date
from decimal import Decimal

import pytest

from state.domain.actor import ANYONE
from state.services.price_stack import rules_on


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

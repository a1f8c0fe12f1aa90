"""A formula known by its source."""

from settlement_engine.fingerprint import functions_called, source_hash
from settlement_engine.frames import places
from settlement_engine.trading_charges import TRADING_CHARGES

TAGGING = TRADING_CHARGES.rule("net_imbalance_tagging").versions[0].formula
STACK = TRADING_CHARGES.rule("action_stack").versions[0].formula


def of_its_own(columns):
    return [places(column) for column in columns]


def of_nothing(columns):
    return columns


def test_what_a_formula_calls_is_followed_through_modules_and_comprehensions():
    names = {f"{f.__module__}.{f.__name__}" for f in functions_called(TAGGING)}
    assert "settlement_engine.saa.prices.stack.with_cheapest" in names
    assert "settlement_engine.rounding.quotient" in names
    assert functions_called(of_its_own) == {places}


def test_each_formula_has_a_hash_of_its_own_wherever_it_is_written():
    formulas = (TAGGING, STACK, of_its_own, of_nothing)
    assert len({source_hash(formula) for formula in formulas}) == len(formulas)

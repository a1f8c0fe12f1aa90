from decimal import Decimal

import pytest

from settlement_engine.runs import RunType
from state.domain import settlement_words as words
from state.domain.settlement_differences import CHARGES


def test_every_run_and_every_charge_has_its_words() -> None:
    assert set(words.RUN_NAMES) == set(RunType)
    assert set(words.CHARGE_MEANINGS) == {charge.column for charge in CHARGES}
    assert words.run_words(RunType.II) == "Interim Information (II)"


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (1234.5, 2, "£1,234.50"),
        (-1234.5, 2, "−£1,234.50"),
        (-0.001, 2, "£0.00"),
        (None, 2, "–"),
        (Decimal(-5), 0, "−£5"),
    ],
)
def test_amounts(value, digits, said) -> None:
    assert words.figure(value, digits, "£") == said


def test_all_digits_that_were_counted_and_no_fewer_than_usual() -> None:
    assert words.exactly(Decimal("462.34091456"), 2, "£") == "£462.34091456"
    assert words.exactly(Decimal(1200), 2) == "1,200.00"


def test_a_charge_turns_its_sign_for_the_party() -> None:
    by_column = {charge.column: charge for charge in CHARGES}
    assert words.to_party(by_column["energy_imbalance_cashflow_gbp"], 5.0) == -5.0
    assert words.to_party(by_column["residual_cashflow_gbp"], 5.0) == 5.0
    assert str(words.to_party(by_column["non_delivery_charge_gbp"], 0.0)) == "0.0"


def test_who_pays() -> None:
    assert words.direction(0.004) == "Nothing"
    assert words.direction(5) == "You are paid"
    assert words.direction(-5) == "You pay"
    assert words.direction_by("Positive: the Party pays", Decimal(5)) == "You pay"
    assert words.direction_by("Positive: the Party is paid", Decimal(5)) == "You are paid"
    assert words.direction_by("Volume", Decimal(5)) == ""
    assert words.better_or_worse(-1) == "Worse for you"
    assert words.better_or_worse(1) == "Better for you"
    assert words.better_or_worse(0.001) == "No change"

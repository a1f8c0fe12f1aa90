import pytest

from state.domain.masking import masked, masked_as, masked_sort_code


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("66374958", "••••4958"),
        ("NL91 ABNA 0417 1643 00", "••••4300"),
        ("123456", "••••3456"),
        ("12345", "••••"),
        ("", "••••"),
    ],
)
def test_the_last_four_of_a_number_long_enough_are_left(number, shown) -> None:
    assert masked(number) == shown


def test_a_sort_code_keeps_its_last_pair() -> None:
    assert masked_sort_code("30-94-30") == "••-••-30"
    assert masked_sort_code("3094") == "••-••-••"


def test_nothing_stays_nothing() -> None:
    assert masked_as("iban", "") == ""
    assert masked_as("sort_code", "309430") == "••-••-30"
    assert masked_as("account_number", "66374958") == "••••4958"

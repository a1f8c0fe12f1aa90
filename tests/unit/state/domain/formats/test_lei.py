import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from state.domain.formats.lei import confirmation, normal, problem


def test_a_good_code_is_confirmed_in_fours() -> None:
    assert problem("5493001kjtiigc8y1r12") is None
    assert confirmation("5493001KJTIIGC8Y1R12") == "Valid: 5493 001K JTII GC8Y 1R12"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("", "Enter an LEI"),
        ("5493001KJTIIGC8Y1R1", "LEI must be 20 characters"),
        ("5493001KJTIIGC8Y1R1!", "LEI must only include A to Z and 0 to 9, and end in two numbers"),
        ("5493001KJTIIGC8Y1R13", "Check the LEI – the last two numbers do not match"),
    ],
)
def test_what_is_wrong_is_said(bad, said) -> None:
    assert problem(bad) == said


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18))
def test_the_check_numbers_fit_their_code_alone(start) -> None:
    end = mod_97_10.calc_check_digits(start)
    assert problem(normal(start + end)) is None
    assert problem(f"{start}{(int(end) + 1) % 100:02}") is not None

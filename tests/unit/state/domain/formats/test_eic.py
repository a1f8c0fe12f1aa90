import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.formats.eic import confirmation, normal, problem

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"


@pytest.mark.parametrize(
    ("good", "letter"),
    [
        ("10YGB----------A", "Y"),
        ("10X1001A1001A450", "X"),
        ("10X1001A1001A515", "X"),
        ("22XWATTPLUS----G", "X"),
        ("48X-NORTHFLEX-1M", "X"),
        ("48x-albion-pwr1m", "X"),
        ("48W-BESS-HARL-1O", "W"),
        ("48Z-MTR-POINT-19", "Z"),
    ],
)
def test_the_vectors_are_good(good, letter) -> None:
    assert problem(good, letter) is None


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("", "Enter an EIC"),
        ("48X-NORTHFLEX-1", "EIC must be 16 characters"),
        ("48X-NORTHFLEX_1M", "EIC must only include A to Z, 0 to 9 and hyphens"),
        ("48X-NORTHFLEX-1N", "Check the EIC – the last character does not match"),
        ("48XTESTPARTY087-", "Check the EIC – the last character does not match"),
        ("48W-BESS-HARL-1O", "An organisation needs an X code; this is a W code"),
        ("48Q-BESS-HARL-1O", "An organisation needs an X code; this is a Q code"),
    ],
)
def test_what_is_wrong_is_said(bad, said) -> None:
    assert problem(bad) == said


def test_an_area_with_a_wrong_end() -> None:
    assert problem("10YGB----------B", "Y") == "Check the EIC – the last character does not match"
    assert problem("48X-NORTHFLEX-1M", "W") == "An asset needs a W code; this is an X code"


def test_a_good_code_is_confirmed() -> None:
    assert confirmation(" 48x-northflex-1m") == (
        "Valid: 48X-NORTHFLEX-1M, a code for an organisation"
    )


@given(st.text(ALPHABET, min_size=12, max_size=12), st.sampled_from(ALPHABET))
def test_exactly_one_last_character_fits_and_it_is_never_a_hyphen(middle, last) -> None:
    code = "48X" + middle
    weighed = sum(ALPHABET.index(each) * (16 - place) for place, each in enumerate(code))
    wanted = ALPHABET[36 - ((weighed - 1) % 37)]
    assert (problem(code + last) is None) == (last == wanted and wanted != "-")
    assert normal(code + last) == code + last

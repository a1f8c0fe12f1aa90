import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.formats.mpan import check_digit, confirmation, normal, problem


@pytest.mark.parametrize(
    "good",
    [
        "1012345678903",
        "1200000000011",
        "1200123456787",
        "1700000000014",
        "2000000000070",
        "2300123456784",
    ],
)
def test_the_vectors_are_good(good) -> None:
    assert problem(good) is None


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("", "Enter an MPAN"),
        ("1012345678904", "Check the MPAN – the last digit does not match"),
        ("0912345678903", "We do not recognise the first two digits of this MPAN"),
        ("101234567890", "MPAN must be 13 digits"),
        ("10123456789O3", "MPAN must only include numbers"),
        ("١٠١٢٣٤٥٦٧٨٩٠٣", "MPAN must only include numbers"),
    ],
)
def test_what_is_wrong_is_said(bad, said) -> None:
    assert problem(bad) == said


def test_an_asset_meter_has_the_operators_own_code() -> None:
    assert problem("9900000000015", own_code="99") is None
    assert problem("9900000000015") == "We do not recognise the first two digits of this MPAN"
    assert confirmation("9900000000015") == "Valid: an asset meter"


def test_a_whole_supply_number_is_taken_too() -> None:
    assert normal("S 00 801 001 10 1234 5678 903") == "1012345678903"
    assert confirmation("10 1234 5678 903") == "Valid: Eastern (_A)"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_a_slip_of_one_digit_is_found_nearly_always(twelve, place, slip) -> None:
    other = str((int(twelve[place]) + slip) % 10)
    slipped = twelve[:place] + other + twelve[place + 1 :]
    sums = [_sum(each) for each in (twelve, slipped)]
    same_digit = check_digit(twelve) == check_digit(slipped)
    assert same_digit == ({sums[0] % 11, sums[1] % 11} <= {0, 10})


def _sum(twelve: str) -> int:
    primes = (3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43)
    return sum(int(digit) * prime for digit, prime in zip(twelve, primes, strict=True))

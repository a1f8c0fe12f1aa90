import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.formats.vat_number import confirmation, normal, problem

WRONG = "Enter a valid VAT number, like GB123456782"


@pytest.mark.parametrize(
    ("good", "kept"),
    [
        ("123456782", "GB123456782"),
        ("GB 980 7806 84", "GB980780684"),
        ("220430231", "GB220430231"),
        ("xi123456782", "XI123456782"),
        ("123456782001", "GB123456782001"),
        ("GD001", "GBGD001"),
        ("HA599", "GBHA599"),
    ],
)
def test_good_numbers(good, kept) -> None:
    assert problem(good) is None
    assert normal(good) == kept
    assert normal(kept) == kept


@pytest.mark.parametrize("bad", ["123456789", "GD500", "HA499", "GB", "12345678", "GB12345678O"])
def test_bad_numbers(bad) -> None:
    assert problem(bad) == WRONG


def test_a_number_is_needed_where_it_is_asked_for_and_confirmed_when_good() -> None:
    assert problem(" ") == "Enter a VAT number"
    assert normal("") == ""
    assert confirmation("980780684") == "Valid: GB 980 7806 84"


@given(st.integers(100, 999), st.integers(0, 9999))
def test_the_last_two_numbers_check_the_first_seven(first, second) -> None:
    seven = f"{first}{second:04}"
    total = sum(int(digit) * weight for digit, weight in zip(seven, range(8, 1, -1), strict=True))
    good = {(left - total) % 97 for left in (0, 42, 55)}
    for end in range(97):
        assert (problem(f"{seven}{end:02}") is None) == (end in good)

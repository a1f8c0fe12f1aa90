import pytest

from state.domain.formats.company_number import confirmation, normal, problem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01234567", "01234567"),
        ("1234567", "01234567"),
        ("sc 123 456", "SC123456"),
        ("SC12345", "SC012345"),
        ("OC-400001", "OC400001"),
        ("R0000123", "R0000123"),
        ("IP12345R", "IP12345R"),
    ],
)
def test_company_numbers(typed, kept) -> None:
    assert problem(typed) is None
    assert normal(typed) == kept


@pytest.mark.parametrize("typed", ["12", "١٢٣٤٥٦٧٨", "ABC12345", "", "123456789"])
def test_what_is_no_company_number(typed) -> None:
    assert problem(typed) == "Enter a company number like 01234567 or SC123456"


def test_a_good_number_is_confirmed_with_its_register() -> None:
    assert confirmation("1234567") == "Valid: 01234567"
    assert confirmation("sc123456") == "Valid: SC123456 (Scotland)"

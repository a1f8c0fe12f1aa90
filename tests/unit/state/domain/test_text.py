import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.text import company_number, email_problem, phone_problem, text_problem, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  a \t b ", "a b"), ("é", "é"), ("a\r\n b", "a\nb"), ("", "")],
)
def test_stray_space_goes_and_letters_are_composed(typed, kept) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_is_tidying_once(typed) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the name"),
        ("x" * 11, "Name must be 10 characters or fewer"),
        ("a\x00b", "Name must not include control characters"),
        ("a\u202eb", "Name must not include invisible or direction-changing characters"),
        ("a\u200bb", "Name must not include invisible or direction-changing characters"),
        ("ok 👍", "Name must not include emoji or pictures"),
        ("\ue000", "Name must not include private characters"),
        ("\U000e0080", "Name must not include unassigned characters"),
        ("a\nb", None),
    ],
)
def test_a_line_of_text(typed, said) -> None:
    assert text_problem("the name", typed, longest=10) == said


def test_what_is_optional_may_be_empty() -> None:
    assert text_problem("the name", "", longest=10, needed=False) is None


@pytest.mark.parametrize("good", ["name@example.com", "a.b+c@sub.example", "Zoë@example.com"])
def test_good_addresses(good) -> None:
    assert email_problem(good) is None


@pytest.mark.parametrize("bad", ["name", "@x.example", "a b@x.example", "a@", "a@@x.example"])
def test_bad_addresses(bad) -> None:
    assert email_problem(bad) == (
        "Enter an email address in the correct format, like name@example.com"
    )


def test_an_address_is_needed_and_short() -> None:
    assert email_problem("") == "Enter an email address"
    assert email_problem("a" * 75 + "@x.example") == "Email address must be 80 characters or fewer"


@pytest.mark.parametrize("good", ["01632 960 001", "+44 1632 960001", "+31 20 555 0100"])
def test_good_telephone_numbers(good) -> None:
    assert phone_problem(good) is None


@pytest.mark.parametrize("bad", ["12", "telephone", "+999 1", "0" * 30])
def test_bad_telephone_numbers(bad) -> None:
    assert phone_problem(bad) == "Enter a telephone number, like 01632 960 001"
    assert phone_problem("") == "Enter a telephone number"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("01234567", "01234567"),
        ("1234567", "01234567"),
        ("sc 123 456", "SC123456"),
        ("OC-400001", "OC400001"),
        ("R0000123", "R0000123"),
        ("12", None),
        ("١٢٣٤٥٦٧٨", None),
        ("ABC12345", None),
        ("", None),
    ],
)
def test_company_numbers(typed, kept) -> None:
    assert company_number(typed) == kept

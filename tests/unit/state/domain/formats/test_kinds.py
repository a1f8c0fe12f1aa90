import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.domain.formats import postcode
from state.domain.formats.flow_text import suggestion
from state.domain.formats.kinds import FORMATS

WEBSITE = "Enter a website address that starts with https://, like https://www.example.com"


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "confirmed"),
    [
        ("party_id", "alb ion1", "ALBION1", "Valid: ALBION1"),
        ("mpid", "cnrg", "CNRG", "Valid: CNRG"),
        ("postcode", "sw1a1aa", "SW1A 1AA", "Valid: SW1A 1AA"),
        ("postcode", "GIR 0AA", "GIR 0AA", "Valid: GIR 0AA"),
        ("sort_code", "30-94–30", "309430", "Valid: sort code 30-94-30"),
        ("account_number", "12 34 56", "00123456", "Valid: account number 00123456"),
        ("iban", "NL91 abna 0417 1643 00", "NL91ABNA0417164300", "Valid: NL91 ABNA 0417 1643 00"),
        ("bic", "abnanl2a", "ABNANL2A", "Valid: ABNA NL 2A, a bank in NL"),
        ("eic_asset", "48W-BESS-HARL-1O", "48W-BESS-HARL-1O", None),
        ("roll_number", " A/1 2.3-4 ", "A/1 2.3-4", None),
        ("website", "WWW.Example.com/A?b=C", "https://www.example.com/A?b=C", None),
        ("website", "https://example.com:8443", "https://example.com:8443", None),
        ("date", "27 3 2027", "2027-03-27", None),
        ("date", "2027-3-27", "2027-03-27", None),
        ("person_name", " Zoë  O’Neill-Smythe ", "Zoë O’Neill-Smythe", None),
        ("system_name", "ALBION POWER {LTD}", "ALBION POWER {LTD}", None),
        ("text", " a  b ", "a b", None),
    ],
)
def test_good_answers(kind, typed, kept, confirmed) -> None:
    form = FORMATS[kind]
    assert form.problem_with(typed, "a thing") is None
    assert form.normal(typed) == kept
    assert form.normal(kept) == kept
    if confirmed:
        assert form.confirmation(typed) == confirmed


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("party_id", "", "Enter a Party ID"),
        ("party_id", "ALBION123", "Party ID must be 1 to 8 letters or numbers"),
        ("party_id", "AL_B", "Party ID must be 1 to 8 letters or numbers"),
        ("mpid", "", "Enter a Market Participant ID"),
        ("mpid", "CNR", "Market Participant ID must be 4 letters or numbers"),
        ("postcode", "", "Enter a postcode"),
        ("postcode", "SW1A", "Enter a full UK postcode, like SW1A 1AA"),
        ("sort_code", " ", "Enter a sort code"),
        ("sort_code", "30943", "Enter a valid sort code like 309430"),
        ("account_number", "", "Enter an account number"),
        ("account_number", "12345", "Account number must be between 6 and 8 digits"),
        ("account_number", "123456789", "Account number must be between 6 and 8 digits"),
        ("iban", "", "Enter an IBAN"),
        ("iban", "NL92ABNA0417164300", "Enter a valid IBAN, like NL91 ABNA 0417 1643 00"),
        ("bic", "", "Enter a BIC"),
        ("bic", "ABNA", "Enter a valid BIC, like ABNANL2A"),
        ("roll_number", "", "Enter a roll number"),
        ("roll_number", "1" * 19, "Roll number must be between 1 and 18 characters"),
        (
            "roll_number",
            "a_b",
            (
                "Roll number must only include letters a to z, numbers, hyphens, spaces, forward "
                "slashes and full stops"
            ),
        ),
        ("website", "", "Enter a website address"),
        ("website", "a.example/" + "x" * 200, "Website address must be 200 characters or fewer"),
        ("website", "http://example.com", WEBSITE),
        ("website", "javascript://example.com", WEBSITE),
        ("website", "https://me:secret@example.com", WEBSITE),
        ("website", "https://127.0.0.1", WEBSITE),
        ("website", "https://localhost", WEBSITE),
        ("website", "https://example.com:port", WEBSITE),
        ("website", "https://exam ple.com", WEBSITE),
        ("website", "https://ex\u0430mple.com", WEBSITE),
        ("date", "", "Enter a thing"),
        ("date", "31 2 2027", "Thing must be a real date, like 27 3 2027"),
        ("date", "soon", "Thing must be a real date, like 27 3 2027"),
        ("date", "1 1 1900", "Thing must be a real date, like 27 3 2027"),
        ("person_name", "", "Enter a thing"),
        ("person_name", "12", "Enter a thing"),
        (
            "person_name",
            "<script>",
            (
                "Thing must only include letters, numbers, spaces, apostrophes, hyphens, commas, "
                "full stops, brackets and &"
            ),
        ),
        ("flow_text", "", "Enter a thing"),
        (
            "flow_text",
            "a|b",
            "Thing must only include letters, numbers, spaces and the symbols listed",
        ),
        ("system_name", "", "Enter a system name"),
        ("system_name", "A" * 31, "System name must be 30 characters or fewer"),
        (
            "system_name",
            "CAFÉ £",
            "System name must only include letters, numbers, spaces and the symbols listed",
        ),
    ],
)
def test_what_is_wrong_is_said(kind, typed, said) -> None:
    assert FORMATS[kind].problem_with(typed, "a thing") == said


@pytest.mark.parametrize("kind", FORMATS)
@given(typed=st.text(max_size=60))
def test_anything_may_be_typed_and_nothing_breaks(kind, typed) -> None:
    form = FORMATS[kind]
    kept = form.normal(typed)
    if form.problem_with(typed, "a thing") is None:
        assert form.problem_with(kept, "a thing") is None
        assert form.normal(kept) == kept
        assert re.fullmatch(form.pattern or "(?s).*", kept)
        assert form.confirmation is None or form.confirmation(typed).startswith("Valid: ")


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("Café Straße", "Cafe Strasse"),
        ("O’Neill – Łódź", "O'Neill - Lodz"),
        ("PLAIN", None),
        ("株式会社", None),
        ("a<b", None),
    ],
)
def test_accents_are_spelled_out_as_a_suggestion(typed, spelled) -> None:
    assert suggestion(typed) == spelled


def test_an_asset_stands_in_great_britain() -> None:
    assert postcode.site_problem("SW1A 1AA") is None
    assert postcode.site_problem("BT1 5GS") == "Asset must be in Great Britain"
    assert postcode.site_problem("X") == "Enter a full UK postcode, like SW1A 1AA"
    assert postcode.normal("no  such") == "NO SUCH"

import json

import pytest

from state.domain.audit_words import details_words, event_words, harmless_cell


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("account.contact.change_approved", "Account: contact change approved"),
        ("view_as.began", "View as: began"),
        ("seeded", "Seeded"),
    ],
)
def test_an_event_is_read_in_words(event, words) -> None:
    assert event_words(event) == words


def test_details_are_read_in_words_and_a_company_reads_what_is_its_own() -> None:
    details = json.dumps({"fields": ["email", "name"], "digest": "f00", "kind": "", "rows": 3})
    assert details_words(details) == "fields: email, name · digest: f00 · rows: 3"
    assert details_words(details, of_company=True) == "fields: email, name"


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text) -> None:
    assert harmless_cell(text) == f"'{text}"


def test_an_ordinary_cell_is_left_alone() -> None:
    assert harmless_cell("a = b") == "a = b"
    assert harmless_cell("") == ""

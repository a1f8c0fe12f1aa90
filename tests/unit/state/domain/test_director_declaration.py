from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from state.domain.director_declaration import (
    AskedDirector,
    Signature,
    asked_refusals,
    comment_refusals,
    declared_text,
    digest_of_text,
    is_name_of,
    signature_refusals,
    status_at,
    tidied,
)

TODAY = date(2026, 11, 21)
ASKED = AskedDirector("Ngozi Okonjo", "ngozi@beta.example", "director")
SIGNED = Signature("Ngozi Okonjo", "4", "1975", is_confirmed=True)


def wrong(**changed) -> list[str]:
    reasons = signature_refusals(replace(SIGNED, **changed), asked_name="Ngozi Okonjo", today=TODAY)
    return [reason.field for reason in reasons]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"name": "Ms Ngozi Adaeze Okonjo"}, []),
        ({"name": ""}, ["signed_name"]),
        ({"name": "Dora First"}, ["signed_name"]),
        ({"born_month": "13"}, ["born"]),
        ({"born_month": "April"}, ["born"]),
        ({"born_year": "75"}, ["born"]),
        ({"born_year": "2026"}, ["born"]),
        ({"born_year": "19750"}, ["born"]),
        ({"is_confirmed": False}, ["confirmed"]),
        (
            {"name": "", "born_month": "", "is_confirmed": False},
            ["signed_name", "born", "confirmed"],
        ),
    ],
)
def test_everything_that_is_no_signature_is_said_at_once(changed, fields) -> None:
    assert wrong(**changed) == fields


def test_one_name_of_a_single_word_is_itself() -> None:
    assert is_name_of("Prince", "prince", TODAY)
    assert not is_name_of("Prince", "", TODAY)


def test_a_director_has_an_address_of_their_own() -> None:
    def fields(asked):
        return [reason.field for reason in asked_refusals(asked, invited_email="Dora@beta.example")]

    assert fields(ASKED) == []
    assert fields(replace(ASKED, email="dora@BETA.example")) == ["director_email"]
    assert fields(AskedDirector("", "", "king")) == [
        "director_name",
        "director_email",
        "director_role",
    ]
    assert tidied(AskedDirector(" A  B ", " a@b.example ", "director")).name == "A B"


def test_the_words_name_the_company_the_person_and_what_they_may() -> None:
    told = {
        "company": "BETA ENERGY LTD",
        "role": "director",
        "person": "Dora First",
        "email": "dora@beta.example",
        "offered": "Category A signatory",
    }
    text = declared_text(company_number="01234567", **told)
    for part in ("BETA ENERGY LTD (company number 01234567)", "Dora First", "dora@beta.example"):
        assert part in text
    assert digest_of_text(text) != digest_of_text(text.replace("Dora", "Nora"))
    assert "company number" not in declared_text(company_number="", **told)


def test_what_has_run_out_is_no_longer_asked() -> None:
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert status_at("asked", at, at) == "expired"
    assert status_at("asked", at, datetime(2026, 11, 21, 11, 59, tzinfo=UTC)) == "asked"
    assert status_at("signed", at, at) == "signed"


def test_who_says_no_may_say_why() -> None:
    assert comment_refusals("") == ()
    assert [reason.field for reason in comment_refusals("x" * 501)] == ["comment"]

from dataclasses import replace
from datetime import date

import pytest

from state.domain.director_match import (
    WORDS,
    ClaimedDirector,
    CompanyOnRegister,
    Finding,
    Officer,
    name_likeness,
    verdict,
)

TODAY = date(2026, 11, 21)
OKONJO = Officer("OKONJO, Ngozi Adaeze", "director", date(2019, 1, 7), None, 4, 1975)
GONE = Officer("RAVENSCAR, Piers", "director", date(2001, 1, 7), date(2024, 5, 1), 2, 1960)
CLERK = Officer("JESSOP, Edith", "secretary", date(2001, 1, 7), None, 9, 1966)
HOLDING = Officer("JESSOP, Holdings", "corporate-director", date(2001, 1, 7), None, 9, 1966)
COMPANY = CompanyOnRegister(
    "90000102", "LANTERN LANE SUPPLY LTD", "active", officers=(GONE, OKONJO, CLERK, HOLDING)
)


def found(name: str, month: int | None = 4, year: int | None = 1975, company=COMPANY) -> str:
    said = verdict(company, ClaimedDirector(name, month, year), today=TODAY)
    assert said.code in WORDS
    return f"{said.finding} {said.code}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ngozi Okonjo", "passed director_current"),
        ("Dr. Ngozi Adaeze Okonjo", "passed director_current"),
        ("Ngózi  OKONJO", "passed director_current"),
        ("N. Okonjo", "passed director_current"),  # an initial is enough beside the birth
        ("Ngosi Okonjo", "manual name_close"),
        ("Ngozi Okonje", "manual name_close"),
        ("Okonjo", "failed no_such_director"),  # one word is no full name
        ("Ada Okonjo", "failed no_such_director"),
        ("", "failed no_such_director"),
    ],
)
def test_a_name_is_compared_with_those_who_serve(name, expected) -> None:
    assert found(name) == expected


def test_month_and_year_of_birth_must_be_those_of_the_register() -> None:
    assert found("Ngozi Okonjo", 5, 1975) == "failed birth_differs"
    assert found("Ngozi Okonjo", 4, 1976) == "failed birth_differs"
    assert found("Ngozi Okonjo", None, None) == "manual birth_unknown"
    silent = replace(COMPANY, officers=(replace(OKONJO, born_month=None, born_year=None),))
    assert found("Ngozi Okonjo", company=silent) == "manual birth_unknown"


def test_who_has_resigned_or_is_no_director_cannot_be_verified() -> None:
    assert found("Piers Ravenscar", 2, 1960) == "failed director_resigned"
    assert found("Edith Jessop", 9, 1966) == "failed no_such_director"
    assert found("Holdings Jessop", 9, 1966) == "failed no_such_director"
    to_come = replace(COMPANY, officers=(replace(OKONJO, appointed_on=date(2026, 12, 1)),))
    assert found("Ngozi Okonjo", company=to_come) == "failed director_resigned"


def test_one_who_resigned_and_was_appointed_again_serves() -> None:
    twice = replace(COMPANY, officers=(replace(OKONJO, resigned_on=date(2020, 1, 1)), OKONJO))
    assert found("Ngozi Okonjo", company=twice) == "passed director_current"


@pytest.mark.parametrize(
    ("status", "detail", "expected"),
    [
        ("open", "", "passed director_current"),
        ("dissolved", "", "failed company_closed"),
        ("liquidation", "", "manual company_insolvent"),
        ("active", "active-proposal-to-strike-off", "manual striking_off"),
    ],
)
def test_the_company_itself_must_be_in_good_order(status, detail, expected) -> None:
    company = replace(COMPANY, status=status, status_detail=detail)
    assert found("Ngozi Okonjo", company=company) == expected


def test_a_company_that_the_register_does_not_have() -> None:
    assert found("Ngozi Okonjo", company=None) == "failed company_not_found"
    assert found("Ngozi Okonjo", company=replace(COMPANY, officers=())) == (
        "failed no_such_director"
    )


def test_a_surname_may_be_of_several_words() -> None:
    assert name_likeness("Marijke van der Laan", "VAN DER LAAN, Marijke", today=TODAY) == (100, 100)
    assert name_likeness("Siân O’Neill", "O'NEILL, Sian Mary", today=TODAY) == (100, 100)


def test_the_thresholds_hold_at_their_edges() -> None:
    """A surname of 25 letters of which 23 agree is at 92 percent, with 22 below it."""
    letters = "abcdefghijklmnopqrstuvwxy"
    company = replace(COMPANY, officers=(replace(OKONJO, name=f"{letters}, Ngozi"),))
    assert found(f"Ngozi {letters[:23]}99", company=company) == "passed director_current"
    assert found(f"Ngozi {letters[:22]}999", company=company) == "manual name_close"


def test_what_is_found_is_one_of_three() -> None:
    assert set(Finding) == {"passed", "manual", "failed"}

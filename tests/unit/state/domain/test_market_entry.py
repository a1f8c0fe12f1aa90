from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from state.domain.market_entry import (
    NOT_SURE,
    OWN_ASSETS,
    AccessClock,
    Applicant,
    ExpressionOfInterest,
    access_clock,
    access_due_on,
    refusals,
    tidied,
)

TODAY = date(2026, 11, 21)
GOOD = ExpressionOfInterest(
    legal_name="Wharfedale Wind Limited",
    registered_in_uk=True,
    company_number="SC123456",
    country="United Kingdom",
    role_codes=("TG",),
    target_date=date(2027, 9, 1),
    description="",
    contact_name="Ada Lund",
    job_title="",
    email="ada@wharfedale.example",
    phone="01632 960 001",
    may_act=True,
)


def fields(**changed) -> list[str]:
    return [refusal.field for refusal in refusals(replace(GOOD, **changed), today=TODAY)]


def test_a_good_one_goes_on() -> None:
    assert fields() == []
    assert fields(role_codes=(NOT_SURE,)) == []


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"legal_name": ""}, ["legal_name"]),
        ({"company_number": "12"}, ["company_number"]),
        ({"registered_in_uk": False, "country": ""}, ["country"]),
        (
            {"registered_in_uk": False, "country": "France", "company_number": ""},
            ["company_number"],
        ),
        (
            {"registered_in_uk": False, "country": "France", "company_number": "<b>"},
            ["company_number"],
        ),
        ({"registered_in_uk": False, "country": "France", "company_number": "B 12/3"}, []),
        ({"role_codes": ()}, ["role_codes"]),
        ({"role_codes": ("TG", "NETSO")}, ["role_codes"]),
        ({"target_date": None}, ["target_date"]),
        ({"target_date": TODAY}, ["target_date"]),
        ({"target_date": date(2037, 1, 1)}, ["target_date"]),
        ({"description": "x" * 1001}, ["description"]),
        ({"contact_name": "", "job_title": "x" * 61}, ["contact_name", "job_title"]),
        ({"email": "x", "phone": "x", "may_act": False}, ["email", "phone", "may_act"]),
    ],
)
def test_every_reason_at_once_in_the_order_of_the_form(changed, wrong) -> None:
    assert fields(**changed) == wrong


def test_numbers_are_written_as_the_register_writes_them() -> None:
    typed = replace(GOOD, company_number=" sc 123456", role_codes=("TG", "TG", "TS"), country="x")
    assert tidied(typed).company_number == "SC123456"
    assert tidied(typed).role_codes == ("TG", "TS")
    assert tidied(typed).country == "United Kingdom"
    abroad = replace(typed, registered_in_uk=False, country=" France ")
    assert (tidied(abroad).company_number, tidied(abroad).country) == ("SC 123456", "France")
    assert tidied(replace(typed, company_number="12")).company_number == "12"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 11, 18, 12, tzinfo=UTC), date(2026, 11, 20)),  # Wednesday noon
        (datetime(2026, 11, 18, 17, tzinfo=UTC), date(2026, 11, 23)),  # Wednesday, just closed
        (datetime(2026, 11, 21, 9, tzinfo=UTC), date(2026, 11, 25)),  # Saturday
        (datetime(2026, 7, 15, 15, 59, tzinfo=UTC), date(2026, 7, 17)),  # 16:59 in London
        (datetime(2026, 7, 15, 16, 0, tzinfo=UTC), date(2026, 7, 20)),  # 17:00 in London
        (datetime(2026, 12, 24, 12, tzinfo=UTC), date(2026, 12, 30)),  # over Christmas
        (datetime(2022, 9, 16, 12, tzinfo=UTC), date(2022, 9, 21)),  # over a one-off holiday
    ],
)
def test_when_an_answer_is_due(received, due) -> None:
    assert access_due_on(received) == due


HERSELF = replace(
    GOOD,
    applicant=Applicant.INDIVIDUAL,
    legal_name="",
    company_number="",
    country="",
    role_codes=(),
    born_on=date(1984, 3, 27),
)


def test_a_private_individual_gives_no_company_number_and_a_date_of_birth() -> None:
    assert refusals(HERSELF, today=TODAY) == ()
    kept = tidied(replace(HERSELF, contact_name=" Ada  Lund ", company_number="SC1"))
    assert (kept.legal_name, kept.company_number, kept.role_codes) == (
        "Ada Lund",
        "",
        (OWN_ASSETS,),
    )
    assert tidied(replace(GOOD, born_on=TODAY)).born_on is None


@pytest.mark.parametrize(
    ("born_on", "wrong"),
    [
        (None, "must be a real date"),
        (date(1850, 1, 1), "must be a real date"),
        (date(2008, 11, 22), "You must be 18 or over"),
        (date(2008, 11, 21), None),
    ],
)
def test_a_private_individual_is_of_age(born_on, wrong) -> None:
    reasons = refusals(replace(HERSELF, born_on=born_on), today=TODAY)
    assert [reason.field for reason in reasons] == (["born_on"] if wrong else [])
    assert not wrong or wrong in reasons[0].reason


def test_a_private_individual_declares_for_themselves() -> None:
    (reason,) = refusals(replace(HERSELF, may_act=False), today=TODAY)
    assert reason.reason == "Confirm that this is about yourself"


DUE = date(2026, 7, 14)  # a Tuesday in summer: the office closes at 16:00 UTC


@pytest.mark.parametrize(
    ("decided_at", "now", "stands"),
    [
        (None, datetime(2026, 7, 14, 15, 59, tzinfo=UTC), AccessClock.RUNNING),
        (None, datetime(2026, 7, 14, 16, 1, tzinfo=UTC), AccessClock.OVERDUE),
        (datetime(2026, 7, 14, 15, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), "in time"),
        (datetime(2026, 7, 15, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), AccessClock.LATE),
    ],
)
def test_an_answer_is_owed_until_the_office_closes(decided_at, now, stands) -> None:
    assert access_clock(DUE, decided_at, now) == stands

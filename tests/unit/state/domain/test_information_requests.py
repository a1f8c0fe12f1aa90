from datetime import date

import pytest

from state.domain.information_requests import (
    OVERDUE,
    InformationKind,
    WantedInformation,
    answer_refusals,
    is_overdue,
    reminder_of,
    request_refusals,
    request_templates,
    return_refusals,
    usual_due_date,
)

MONDAY = date(2026, 11, 23)
WANTED = WantedInformation("technical", "A diagram", "Send it.", date(2026, 11, 30))


def reasons(refusals) -> dict[str, str]:
    return {one.field: one.reason for one in refusals}


def test_a_whole_request_is_let_through_and_a_bare_one_hears_all_at_once() -> None:
    assert request_refusals(WANTED, today=MONDAY) == ()
    assert reasons(request_refusals(WantedInformation("", "", "", None), today=MONDAY)) == {
        "kind": "Select commercial or technical",
        "title": "Enter a title",
        "text": "Enter what you ask for",
        "due_on": "Answer by must be a real date, like 27 3 2027",
    }


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (MONDAY, "Answer by must be after today"),
        (date(2026, 11, 24), None),
        (date(2027, 11, 24), None),
        (date(2027, 11, 25), "Answer by must be within a year"),
    ],
)
def test_an_answer_is_due_after_today_and_within_a_year(due_on, said) -> None:
    assert reasons(return_refusals("No seal", due_on, today=MONDAY)).get("due_on") == said


def test_who_returns_an_answer_says_what_is_missing() -> None:
    assert reasons(return_refusals("", None, today=MONDAY)).keys() == {"reason", "due_on"}


def test_an_answer_is_words_or_a_file() -> None:
    assert answer_refusals("", files=1) == answer_refusals("Yes", files=0) == ()
    assert reasons(answer_refusals("", files=0)) == {"answer": "Enter your answer, or add a file"}
    assert answer_refusals("x" * 4_001, files=1)


def test_every_template_can_be_sent_as_it_stands_once_it_has_a_day() -> None:
    assert {one.kind for one in request_templates()} == set(InformationKind)
    for one in request_templates():
        wanted = WantedInformation(one.kind, one.title, one.text, usual_due_date(MONDAY))
        assert request_refusals(wanted, today=MONDAY) == ()


def test_five_working_days_are_the_usual_time() -> None:
    assert usual_due_date(MONDAY) == date(2026, 11, 30)
    assert usual_due_date(date(2026, 12, 21)) == date(2026, 12, 30)  # over Christmas


def test_only_what_waits_for_the_company_is_overdue() -> None:
    assert is_overdue("asked", MONDAY, date(2026, 11, 24))
    assert not is_overdue("asked", MONDAY, MONDAY)
    assert not is_overdue("answered", MONDAY, date(2026, 11, 24))


@pytest.mark.parametrize(
    ("asked_on", "today", "reminder"),
    [
        (date(2026, 11, 23), date(2026, 12, 3), None),
        (date(2026, 11, 23), date(2026, 12, 4), "5"),
        (date(2026, 11, 23), date(2026, 12, 6), "5"),
        (date(2026, 11, 23), date(2026, 12, 10), "1"),
        (date(2026, 11, 23), date(2026, 12, 11), "1"),
        (date(2026, 11, 23), date(2026, 12, 12), OVERDUE),
        (date(2026, 12, 4), date(2026, 12, 4), None),
        (date(2026, 12, 7), date(2026, 12, 9), None),
        (date(2026, 12, 10), date(2026, 12, 11), None),
    ],
)
def test_it_is_brought_to_mind_5_and_1_working_days_before_and_once_over(
    asked_on, today, reminder
) -> None:
    due_on = date(2026, 12, 11)
    assert reminder_of(asked_on=asked_on, due_on=due_on, today=today) == reminder

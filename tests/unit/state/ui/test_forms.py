from datetime import date

import pytest

from state.domain.field_catalogue import form as form_of
from state.domain.refusal import Refusal, RefusedError
from state.ui.forms import (
    answer,
    answers,
    confirmations_after,
    date_answer,
    problems_of,
    ticked,
    without_problems,
    yes_or_no,
)

HOSTILE = [None, 5, [], "text", {"a": None}, {"a": {"b": 1}}, {1: 2}, {"a": float("nan")}]


@pytest.mark.parametrize("form", HOSTILE)
def test_whatever_is_sent_reads_as_nothing(form) -> None:
    assert answer(form, "a") == ""
    assert ticked(form, "a") == ()
    assert date_answer(form, "a") is None
    assert yes_or_no(form) is None


def test_a_form_is_read() -> None:
    form = {"a": " x ", "r.TG": "on", "r.TS": "", "d_day": "1", "d_month": "2", "d_year": "2027"}
    assert answer(form, "a") == "x"
    assert ticked(form, "r") == ("TG",)
    assert date_answer(form, "d") == date(2027, 2, 1)
    assert yes_or_no({"decision": "decline"}) is False
    assert len(answer({"a": "x" * 10_000_000}, "a")) == 5_000


def test_the_first_problem_of_each_field_is_shown() -> None:
    refused = RefusedError((Refusal("a", "one"), Refusal("a", "two"), Refusal("b", "three")))
    assert problems_of(refused) == {"a": "one", "b": "three"}


@pytest.mark.parametrize("form", HOSTILE)
def test_whatever_is_sent_answers_no_question(form) -> None:
    assert answers(form, form_of("contact")) == form_of("contact").empty()


def test_each_box_is_read_as_its_kind() -> None:
    form = {
        "name": " Zoë ",
        "stranger": "x",
        "categories.A": "on",
        "categories.F": True,
        "since_day": "31",
        "since_month": "2",
        "since_year": "2027",
    }
    read = answers(form, form_of("signatory"))
    assert (read["name"], read["categories"], read["since"]) == ("Zoë", "A F", "31 2 2027")
    assert read["until"] == ""
    assert "stranger" not in read


def test_a_good_code_is_confirmed_and_a_wrong_one_no_more() -> None:
    spec = form_of("contact")
    shown = confirmations_after({}, spec, "phone", "01632 960 001")
    assert shown == {"phone": "Valid: +44 1632 960001"}
    assert confirmations_after(shown, spec, "phone", "12") == {}
    assert confirmations_after(shown, spec, "name", "Zoë") == shown
    assert confirmations_after(shown, spec, "stranger", "x") == shown
    assert confirmations_after({}, spec, "phone", "1" * 1_000_000) == {}
    for hostile in (None, 5, [], {"a": 1}):
        assert confirmations_after(shown, spec, hostile, hostile) == shown
        assert confirmations_after(shown, spec, "phone", hostile) == {}
    assert without_problems(shown, {"phone": "no"}) == {}
    assert without_problems(shown, {"name": "no"}) == shown

from datetime import date

import pytest

from state.domain.refusal import Refusal, RefusedError
from state.ui.forms import answer, date_answer, problems_of, ticked, yes_or_no

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

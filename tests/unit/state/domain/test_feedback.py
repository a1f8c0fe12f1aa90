from datetime import UTC, date, datetime

from state.domain.feedback import Feedback, answer_due_on, refusals, tidied

GOOD = Feedback("account", "4", "It is clear.", "")


def test_feedback_needs_no_address() -> None:
    assert refusals(tidied(GOOD)) == ()


def test_every_problem_is_told_at_once() -> None:
    bad = Feedback("elsewhere", "6", "x" * 2001, "who@")
    assert [one.field for one in refusals(tidied(bad))] == ["area", "rating", "text", "email"]
    assert [one.reason for one in refusals(Feedback("", "", "", ""))] == [
        "Select what your feedback is about",
        "Select how good it is",
        "Enter your feedback",
    ]


def test_an_answer_is_due_after_five_working_days() -> None:
    friday_before_closing = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)
    assert answer_due_on(friday_before_closing) == date(2026, 11, 27)
    assert answer_due_on(friday_before_closing.replace(hour=17)) == date(2026, 11, 30)

"""Feedback on the service: what it must say, and by when it is answered."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from state.domain.formats import email_address
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.refusal import Refusal
from state.domain.rules import feedback_answer_within_working_days
from state.domain.service_levels import due_on

_LONDON = ZoneInfo("Europe/London")
_LONGEST: Final = 2_000

AREAS: Final = {
    "joining": "Joining the market",
    "account": "Managing an account",
    "assets": "Assets",
    "settlement": "Settlement",
    "insights": "Charts and data",
    "other": "Something else",
}
RATINGS: Final = {"5": "Very good", "4": "Good", "3": "Neither", "2": "Poor", "1": "Very poor"}
"""How good, from 5 to 1."""


class FeedbackStatus(StrEnum):
    """Whether somebody of the operator has dealt with it."""

    RECEIVED = "received"
    DEALT_WITH = "dealt with"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody says of the service, as typed. The address is theirs to give or not."""

    area: str
    rating: str
    text: str
    email: str


def tidied(feedback: Feedback) -> Feedback:
    """The same, with spaces put right."""
    email = email_address.normal(feedback.email) if feedback.email.strip() else ""
    return replace(feedback, text=tidy(feedback.text), email=email)


def refusals(feedback: Feedback) -> tuple[Refusal, ...]:
    """Every reason to refuse it, in the order of the form."""
    found = (
        ("area", None if feedback.area in AREAS else "Select what your feedback is about"),
        ("rating", None if feedback.rating in RATINGS else "Select how good it is"),
        ("text", text_problem("your feedback", feedback.text, longest=_LONGEST)),
        ("email", email_address.problem(feedback.email) if feedback.email else None),
    )
    return tuple(Refusal(field, reason) for field, reason in found if reason)


def answer_due_on(received_at: datetime) -> date:
    """By which Working Day whoever gave an address has an answer."""
    today = received_at.astimezone(_LONDON).date()
    return due_on(received_at, feedback_answer_within_working_days(today))

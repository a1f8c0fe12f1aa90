"""Asking a company for supporting information: what a request and an answer must say, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

import yaml

from settlement_engine.working_days import is_working_day, working_days_after
from state.domain.formats.plain_text import text_problem
from state.domain.refusal import Refusal
from state.domain.rules import number_on

LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 2_000
LONGEST_ANSWER: Final = 4_000
LONGEST_REASON: Final = 1_000
OVERDUE: Final = "overdue"
"""The reminder that goes out once the day is over."""


class RequestStatus(StrEnum):
    """Where a request stands; one that is returned is asked again."""

    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class RequestStep(StrEnum):
    """What somebody did about a request."""

    ASKED = "asked"
    ANSWERED = "answered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class InformationKind(StrEnum):
    """What is asked for."""

    COMMERCIAL = "commercial"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class RequestTemplate:
    """What staff begin from and edit before it is sent."""

    key: str
    kind: InformationKind
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class WantedInformation:
    """What a company is asked for, as typed."""

    kind: str
    title: str
    text: str
    due_on: date | None


@cache
def request_templates() -> tuple[RequestTemplate, ...]:
    """Every template, in the order of its file."""
    text = (resources.files("state.domain") / "information_templates.yaml").read_text("utf-8")
    return tuple(
        RequestTemplate(row["key"], InformationKind(row["kind"]), row["title"], row["text"])
        for row in yaml.safe_load(text)
    )


def usual_due_date(today: date) -> date:
    """By when an answer is asked for unless staff say another day."""
    return working_days_after(today, number_on("information_due_working_days", today))


def request_refusals(wanted: WantedInformation, *, today: date) -> tuple[Refusal, ...]:
    """Every reason not to send the request, in the order of the form."""
    return _refusals(_request_problems(wanted, today))


def answer_refusals(text: str, *, files: int) -> tuple[Refusal, ...]:
    """Every reason not to send the answer: it needs words or a file."""
    problem = text_problem("your answer", text, longest=LONGEST_ANSWER, needed=False)
    if not text and not files:
        problem = "Enter your answer, or add a file"
    return _refusals([("answer", problem)])


def return_refusals(reason: str, due_on: date | None, *, today: date) -> tuple[Refusal, ...]:
    """Every reason not to return an answer: the company must know what is missing, and by when."""
    problem = text_problem(
        "what is missing, for the company to read", reason, longest=LONGEST_REASON
    )
    return _refusals([("reason", problem), ("due_on", _due_problem(due_on, today))])


def reason_refusals(reason: str, *, needed: bool) -> tuple[Refusal, ...]:
    """What is wrong with a reason that the company reads."""
    thing = "the reason, for the company to read"
    problem = text_problem(thing, reason, longest=LONGEST_REASON, needed=needed)
    return _refusals([("reason", problem)])


def is_overdue(status: str, due_on: date, today: date) -> bool:
    """Whether the company should have answered by now."""
    return status == RequestStatus.ASKED and due_on < today


def reminder_of(*, asked_on: date, due_on: date, today: date) -> str | None:
    """The newest reminder whose day has come: Working Days before, or `overdue`; or none yet.

    One whose day was over when it was asked is none: the request itself said so.
    """
    if due_on < today:
        return OVERDUE
    days = (
        number_on("information_first_reminder_days", today),
        number_on("information_last_reminder_days", today),
    )
    left, at_first = _working_days_between(today, due_on), _working_days_between(asked_on, due_on)
    come = [before for before in days if left <= before < at_first]
    return str(min(come)) if come else None


def _request_problems(wanted: WantedInformation, today: date) -> Iterator[tuple[str, str | None]]:
    is_known = wanted.kind in set(InformationKind)
    yield "kind", None if is_known else "Select commercial or technical"
    yield "title", text_problem("a title", wanted.title, longest=LONGEST_TITLE)
    yield "text", text_problem("what you ask for", wanted.text, longest=LONGEST_TEXT)
    yield "due_on", _due_problem(wanted.due_on, today)


def _due_problem(due_on: date | None, today: date) -> str | None:
    if due_on is None:
        return "Answer by must be a real date, like 27 3 2027"
    if due_on <= today:
        return "Answer by must be after today"
    if due_on > today + timedelta(days=366):
        return "Answer by must be within a year"
    return None


def _refusals(problems: Iterable[tuple[str, str | None]]) -> tuple[Refusal, ...]:
    return tuple(Refusal(field, reason) for field, reason in problems if reason)


def _working_days_between(day: date, later: date) -> int:
    """How many Working Days come after the day, up to the later one."""
    days = (day + timedelta(days=n) for n in range(1, (later - day).days + 1))
    return sum(is_working_day(one) for one in days)

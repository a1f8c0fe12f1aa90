"""What the operator tells everyone: answers, guidance, what comes next, and whom to ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from state.domain.formats import email_address
from state.domain.formats.plain_text import text_problem, tidy
from state.domain.refusal import Refusal

_QUARTER: Final = re.compile(r"20\d\d Q[1-4]")
_LONGEST_BODY: Final = 4_000

TOPICS: Final = {
    "joining": "Joining the market",
    "signing-in": "Signing in",
    "access": "People and access",
    "details": "Company details",
    "bank": "Bank accounts",
    "assets": "Assets",
    "settlement": "Settlement",
    "data": "Data and programs",
    "leaving": "Leaving the market",
    "facility": "Facility operators",
    "individual": "Private individuals",
    "privacy": "Privacy and your rights",
}
"""What an entry can be about: forms lead to the entries of their topic."""

AUDIENCES: Final = {
    "anyone": "Anyone",
    "newcomers": "Newcomers",
    "companies": "Companies that take part",
}
STAGES: Final = {"planned": "Planned", "underway": "Under way", "done": "Done"}
"""How far a plan is, in the order in which plans are shown the other way round."""


class EntryKind(StrEnum):
    """What an entry is."""

    QUESTION = "question"
    GUIDANCE = "guidance"
    PLAN = "plan"
    TEAM = "team"


KIND_NAMES: Final = {
    EntryKind.QUESTION: "Question and answer",
    EntryKind.GUIDANCE: "Guidance",
    EntryKind.PLAN: "What comes next",
    EntryKind.TEAM: "Team to ask",
}
HELP: Final = (EntryKind.QUESTION, EntryKind.GUIDANCE)
"""The kinds of the help page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it counts from a date on. A field that its kind does not have is empty.

    A question, guidance: title, body, topics, audience. A plan: title, body, stage, quarter
    (like 2027 Q1). A team: title (its name), body (what it helps with), mailbox, hours.
    """

    kind: EntryKind
    title: str
    body: str
    since: date | None
    topics: tuple[str, ...] = ()
    audience: str = ""
    stage: str = ""
    quarter: str = ""
    mailbox: str = ""
    hours: str = ""


def tidied(entry: Entry) -> Entry:
    """The same, with spaces put right and without what its kind does not have."""
    helps, plan, team = _is(entry)
    return replace(
        entry,
        title=tidy(entry.title),
        body=tidy(entry.body),
        topics=tuple(topic for topic in TOPICS if topic in entry.topics) if helps else (),
        audience=entry.audience if helps else "",
        stage=entry.stage if plan else "",
        quarter=tidy(entry.quarter).upper() if plan else "",
        mailbox=email_address.normal(entry.mailbox) if team else "",
        hours=tidy(entry.hours) if team else "",
    )


def refusals(entry: Entry) -> tuple[Refusal, ...]:
    """Every reason to refuse the entry, in the order of its form."""
    found = (
        ("title", text_problem("a title", entry.title, longest=160)),
        ("body", text_problem("some text", entry.body, longest=_LONGEST_BODY)),
        *_of_kind(entry),
        ("since", None if entry.since else "From when must be a real date, like 27 3 2027"),
    )
    return tuple(Refusal(field, reason) for field, reason in found if reason)


def _of_kind(entry: Entry) -> tuple[tuple[str, str | None], ...]:
    helps, plan, team = _is(entry)
    if helps:
        topics = None if entry.topics else "Select at least one topic"
        audience = None if entry.audience in AUDIENCES else "Select for whom it is"
        return (("topics", topics), ("audience", audience))
    if plan:
        stage = None if entry.stage in STAGES else "Select how far it is"
        is_quarter = _QUARTER.fullmatch(entry.quarter)
        return (
            ("stage", stage),
            ("quarter", None if is_quarter else "Enter a quarter, like 2027 Q1"),
        )
    assert team  # noqa: S101  # there are no other kinds
    return (
        ("mailbox", email_address.problem(entry.mailbox)),
        ("hours", text_problem("the hours", entry.hours, longest=120)),
    )


def _is(entry: Entry) -> tuple[bool, bool, bool]:
    return entry.kind in HELP, entry.kind is EntryKind.PLAN, entry.kind is EntryKind.TEAM


def found_by(search: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that hold every word of a search: those with one in the title come first."""
    words = tidy(search).casefold().split()
    hits = [entry for entry in entries if all(word in _text(entry) for word in words)]
    titled = [entry for entry in hits if any(word in entry.title.casefold() for word in words)]
    return (*titled, *(entry for entry in hits if entry not in titled))


def _text(entry: Entry) -> str:
    topics = " ".join(TOPICS[topic] for topic in entry.topics)
    return f"{entry.title} {entry.body} {topics}".casefold()


def quarter_words(quarter: str) -> str:
    """`2027 Q1` as people say it: `January to March 2027`."""
    year, _, number = quarter.partition(" Q")
    months = ("January to March", "April to June", "July to September", "October to December")
    return f"{months[int(number) - 1]} {year}"

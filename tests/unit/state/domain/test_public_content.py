from dataclasses import replace
from datetime import date

import pytest

from state.domain.public_content import (
    TOPICS,
    Entry,
    EntryKind,
    found_by,
    quarter_words,
    refusals,
    tidied,
)

SINCE = date(2026, 11, 1)
QUESTION = Entry(
    EntryKind.QUESTION, "Who can sign in?", "People who are invited.", SINCE, ("access",), "anyone"
)
PLAN = Entry(EntryKind.PLAN, "Assets", "Online.", SINCE, stage="planned", quarter="2027 Q1")
TEAM = Entry(
    EntryKind.TEAM, "Team", "Helps.", SINCE, mailbox="team@x.example", hours="Monday to Friday"
)


@pytest.mark.parametrize("entry", [QUESTION, PLAN, TEAM], ids=lambda entry: entry.kind)
def test_a_whole_entry_is_not_refused(entry) -> None:
    assert refusals(tidied(entry)) == ()


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (Entry(EntryKind.GUIDANCE, "", "", None), ["title", "body", "topics", "audience", "since"]),
        (Entry(EntryKind.PLAN, "", "", None), ["title", "body", "stage", "quarter", "since"]),
        (Entry(EntryKind.TEAM, "", "", None), ["title", "body", "mailbox", "hours", "since"]),
        (replace(PLAN, quarter="2027 Q5"), ["quarter"]),
        (replace(QUESTION, topics=("nothing",)), ["topics"]),
        (replace(TEAM, mailbox="team"), ["mailbox"]),
    ],
)
def test_every_problem_is_told_at_once(entry, fields) -> None:
    assert [refusal.field for refusal in refusals(tidied(entry))] == fields


def test_an_entry_keeps_only_what_its_kind_has() -> None:
    mixed = replace(PLAN, topics=("access",), mailbox="a@b.example", quarter=" 2027  q1 ")
    assert tidied(mixed) == PLAN
    assert tidied(replace(QUESTION, stage="done", hours="Never")) == QUESTION


def test_a_search_needs_every_word_and_brings_titles_first() -> None:
    body_only = replace(QUESTION, title="Other", body="How to sign in", topics=("bank",))
    entries = [body_only, QUESTION]
    assert found_by("SIGN  in", entries) == (QUESTION, body_only)
    assert found_by("sign nothing", entries) == ()
    assert found_by(TOPICS["bank"], entries) == (body_only,)


def test_a_quarter_is_said_in_months() -> None:
    assert quarter_words("2027 Q3") == "July to September 2027"

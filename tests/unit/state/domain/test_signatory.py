from datetime import date

import pytest

from state.domain.signatory import (
    Grant,
    grant_refusals,
    grants_after,
    grants_in_words,
    last_category_a_refusal,
    read_grants,
    write_grants,
)

TODAY = date(2026, 11, 22)
NEXT = date(2027, 1, 1)


def test_grants_are_written_as_they_are_read() -> None:
    text = "A F/VP/2027-01-01/2027-12-31 N//2027-01-01"
    assert write_grants(read_grants(text)) == text
    assert read_grants("") == ()
    assert grants_in_words("F/VP/2027-01-01/2027-12-31") == (
        "BM Units (F) for VP from 1 Jan 2027 until 31 Dec 2027"
    )


@pytest.mark.parametrize("text", ["F/VP/2027-13-01", "F/VP/x/y/z", "N///tomorrow"])
def test_what_is_no_grant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)iso|F/VP|month"):
        read_grants(text)
    assert "real date" in grant_refusals(text, held_roles=("VP",), today=TODAY)[0].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("?", "There is no category ?"),
        ("I", "There is no category I now"),
        ("F/TS", "does not take part as TS"),
        ("F//2027-02-01/2027-01-01", "the last day must be on or after the first"),
    ],
)
def test_each_reason_is_named(text: str, reason: str) -> None:
    [refusal] = grant_refusals(text, held_roles=("VP",), today=TODAY)
    assert reason in refusal.reason
    assert grant_refusals("A F/VP N", held_roles=("VP",), today=TODAY) == ()


def test_what_is_held_keeps_its_dates_and_what_is_new_gets_those_given() -> None:
    held = (Grant("F", since=date(2020, 1, 1)), Grant("N"))
    new = Grant("", "VP", NEXT, None)
    assert grants_after(held, ["F", "B", "B"], new) == (held[0], Grant("B", "VP", NEXT))


def test_a_grant_counts_between_its_days() -> None:
    grant = Grant("F", since=NEXT, until=date(2027, 1, 31))
    assert [grant.in_force(day) for day in (TODAY, NEXT, date(2027, 2, 1))] == [False, True, False]
    assert Grant("F").in_force(TODAY)


@pytest.mark.parametrize(
    ("others", "after", "is_refused"),
    [
        ((Grant("A"),), (), False),
        ((), (Grant("A"),), False),
        ((), (Grant("A", since=NEXT),), True),
        ((), (Grant("A", until=NEXT),), True),
        ((), (Grant("A", "VP"),), True),
        ((Grant("N"),), (Grant("F"),), True),
    ],
)
def test_a_company_never_runs_out_of_category_a(others, after, is_refused) -> None:
    assert bool(last_category_a_refusal("ALPHA", others, after, TODAY)) is is_refused

from datetime import UTC, date, datetime

import pytest

from settlement_engine.runs import RunType
from state.domain.settlement_runs import (
    TRANSITIONS,
    DueStatus,
    RunFacts,
    RunRequest,
    RunState,
    due_status,
    market_day,
    may_become,
    publish_refusals,
    request_refusals,
)

DAY = date(2026, 10, 26)
LATER = date(2026, 12, 1)


def fact(run_type=RunType.II, number=1, state=RunState.COMPUTED, by="person:1") -> RunFacts:
    return RunFacts(run_type, number, state, by)


def asked(run_type=RunType.II, *known, missing=(), today=LATER, reason="Because", day=DAY):
    found = request_refusals(
        RunRequest(day, run_type, reason), known=known, missing=missing, today=today
    )
    return [(each.field, each.reason) for each in found]


def test_every_state_says_where_it_leads() -> None:
    assert set(TRANSITIONS) == set(RunState)
    assert may_become(RunState.COMPUTED, RunState.PUBLISHED)
    assert not may_become(RunState.REQUESTED, RunState.PUBLISHED)
    assert not may_become(RunState.HELD, RunState.PUBLISHED)
    ends = {state for state, targets in TRANSITIONS.items() if not targets}
    assert ends == {RunState.SUPERSEDED, RunState.HELD, RunState.FAILED}


def test_a_run_that_is_due_may_be_asked_for() -> None:
    assert asked() == []
    assert asked(RunType.SF, fact(state=RunState.PUBLISHED)) == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = asked(missing=("metered_volumes",), reason="", today=date(2026, 10, 27))
    assert [field for field, _ in found] == ["settlement_date", "run_type", "reason"]
    assert "metered_volumes" in found[0][1]
    assert "due on 2 Nov 2026, not before" in found[1][1]


def test_a_day_that_is_not_over_cannot_be_run() -> None:
    assert "not over yet" in asked(today=DAY)[0][1]


def test_not_twice_at_once_but_again_when_it_has_ended() -> None:
    assert "wait until it has ended" in asked(RunType.II, fact(state=RunState.COMPUTING))[0][1]
    assert asked(RunType.II, fact(state=RunState.HELD)) == []
    assert asked(RunType.SF, fact(state=RunState.COMPUTING)) == []


def test_no_earlier_run_after_a_later_one_is_published() -> None:
    assert "too late" in asked(RunType.II, fact(RunType.SF, state=RunState.PUBLISHED))[0][1]
    assert asked(RunType.SF, fact(RunType.SF, state=RunState.PUBLISHED)) == []


def test_a_dispute_needs_a_published_run_and_has_an_end() -> None:
    settled = fact(RunType.RF, state=RunState.PUBLISHED)
    assert "no run of this date is published" in asked(RunType.DF)[0][1]
    assert asked(RunType.DF, settled) == []
    assert "closed on" in asked(RunType.DF, settled, today=date(2031, 1, 1))[0][1]


def test_a_run_type_that_the_timetable_of_the_date_has_not() -> None:
    late = date(2027, 7, 5)
    found = asked(RunType.R3, day=late, today=date(2029, 1, 1))
    assert found == [("run_type", "There is no R3 run of this date")]


def test_four_eyes() -> None:
    def reasons(run, *others, publisher="person:1", by_the_clock=False):
        found = publish_refusals(run, publisher=publisher, by_the_clock=by_the_clock, others=others)
        return [each.reason for each in found]

    assert "another person must publish it" in reasons(fact())[0]
    assert reasons(fact(), publisher="person:2") == []
    assert reasons(fact(by="clock"), publisher="person:1", by_the_clock=True) == []
    assert "only a run that is computed" in reasons(fact(state=RunState.HELD), publisher="x")[0]
    later = fact(RunType.SF, state=RunState.PUBLISHED)
    assert "replaced by an earlier one" in reasons(fact(), later, publisher="x")[0]
    assert reasons(fact(RunType.SF, 2), later, publisher="x") == []


@pytest.mark.parametrize(
    ("today", "latest", "status"),
    [
        (date(2026, 11, 1), None, DueStatus.AHEAD),
        (date(2026, 11, 2), None, DueStatus.DUE),
        (date(2026, 11, 3), None, DueStatus.LATE),
        (date(2026, 11, 3), RunState.REQUESTED, DueStatus.RUNNING),
        (date(2026, 11, 3), RunState.COMPUTED, DueStatus.TO_PUBLISH),
        (date(2026, 11, 3), RunState.HELD, DueStatus.HELD),
        (date(2026, 11, 3), RunState.SUPERSEDED, DueStatus.DONE),
    ],
)
def test_how_a_run_of_the_timetable_stands(today, latest, status) -> None:
    assert due_status(date(2026, 11, 2), latest, today) is status


def test_the_market_has_the_clock_of_london() -> None:
    assert market_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)

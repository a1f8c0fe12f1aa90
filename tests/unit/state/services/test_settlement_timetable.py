from datetime import timedelta

import pytest

from settlement_engine.runs import RunType
from state.domain.actor import ANYONE, INVENTED_OPERATOR, THE_CLOCK, NotSignedInError
from state.domain.settlement_runs import DueStatus
from state.services import settlement_timetable as service
from state.services.settlement_publication import publish_run
from tests.settled_market import (
    DAY,
    DAYS,
    NOW,
    asked_for,
    computed,
    published,
    store_small_market,
)

TODAY = NOW.date()


def standing() -> dict[tuple, DueStatus]:
    due = service.runs_due(actor=THE_CLOCK, today=TODAY)
    return {(each.settlement_date, each.run_type): each.status for each in due}


def test_nothing_is_due_where_nothing_is_held(database) -> None:
    assert service.runs_due(actor=THE_CLOCK, today=TODAY) == ()
    assert service.schedule_due_runs(actor=THE_CLOCK, now=NOW) == ()


def test_what_is_due_late_to_publish_and_done(database) -> None:
    store_small_market()
    published(day=DAYS[0])
    computed(day=DAYS[1])
    found = standing()
    assert found[DAYS[0], RunType.II] is DueStatus.DONE
    assert found[DAYS[1], RunType.II] is DueStatus.TO_PUBLISH
    assert found[DAY, RunType.II] is DueStatus.LATE
    ahead = service.runs_due(actor=THE_CLOCK, today=DAY + timedelta(days=1))
    assert ahead[-1].status is DueStatus.AHEAD
    days = [each.run_on for each in service.runs_due(actor=THE_CLOCK, today=TODAY)]
    assert days == sorted(days)


def test_the_clock_asks_once_for_all_that_came_due(database) -> None:
    store_small_market()
    asked = service.schedule_due_runs(actor=THE_CLOCK, now=NOW)
    assert [(run.settlement_date, run.run_type) for run in asked] == [
        *((day, RunType.II) for day in DAYS),
        *((day, RunType.SF) for day in DAYS),
    ]
    assert {run.requested_by for run in asked} == {"The timetable"}
    assert service.schedule_due_runs(actor=THE_CLOCK, now=NOW) == ()
    assert set(standing().values()) == {DueStatus.RUNNING}


def test_the_public_asks_for_nothing(database) -> None:
    with pytest.raises(NotSignedInError):
        service.schedule_due_runs(actor=ANYONE, now=NOW)
    with pytest.raises(NotSignedInError):
        service.runs_due(actor=ANYONE, today=TODAY)


def test_what_no_timetable_names_is_found_until_it_is_over(database) -> None:
    store_small_market()
    published(RunType.SF)
    asked = asked_for(RunType.DF)
    later = TODAY + timedelta(days=120)
    assert standing().get((DAY, RunType.DF)) is None
    off = service.runs_off_timetable(actor=THE_CLOCK, today=TODAY)
    assert [run.public_id for run in off] == [asked.public_id]
    run = computed(RunType.II, DAYS[0])
    assert run.public_id not in {
        each.public_id for each in service.runs_off_timetable(actor=THE_CLOCK, today=TODAY)
    }
    assert run.public_id in {
        each.public_id for each in service.runs_off_timetable(actor=THE_CLOCK, today=later)
    }
    publish_run(actor=INVENTED_OPERATOR, public_id=run.public_id, now=NOW)
    assert [
        each.public_id for each in service.runs_off_timetable(actor=THE_CLOCK, today=later)
    ] == [asked.public_id]
    with pytest.raises(NotSignedInError):
        service.runs_off_timetable(actor=ANYONE, today=TODAY)

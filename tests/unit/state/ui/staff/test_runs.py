from datetime import datetime

import pytest

from settlement_engine.runs import RunType
from state.domain.permissions import Capacity, StaffRole
from state.services import settlement_runs
from state.ui.staff import runs as module
from state.ui.staff.runs import RunsState
from tests.screens import event, go_to, screen_at
from tests.settled_market import DAY, DAYS, NOW, asked_for, computed, published

FORM = {
    "settlement_date_day": "25",
    "settlement_date_month": "10",
    "settlement_date_year": "2026",
    "run_type": "II",
    "reason": "A dispute",
}


@pytest.fixture(autouse=True)
def now(monkeypatch) -> datetime:
    monkeypatch.setattr(module, "clock", lambda: NOW)
    return NOW


async def screen_of(actor, where="/staff/runs") -> RunsState:
    screen = await screen_at(RunsState, actor, where)
    await event(screen, "load")
    await event(screen, "look")
    return screen


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.SETTLEMENT_OPERATIONS)


async def test_the_most_urgent_stands_first_and_is_counted(stella) -> None:
    published(day=DAYS[0])
    computed(day=DAYS[1])
    screen = await screen_of(stella)
    assert screen.rows[0]["status"] == "Late"
    assert screen.rows[-1]["status"] == "To publish"
    assert screen.rows[-1]["href"].startswith("/staff/runs/run?run=")
    assert {count["label"]: count["value"] for count in screen.counts}["To publish"] == "1"
    assert screen.may_start
    assert not screen.is_running
    go_to(screen, "/staff/runs?show=done")
    await event(screen, "load")
    await event(screen, "look")
    assert [row["status"] for row in screen.rows] == ["Published"]


async def test_a_run_that_no_timetable_names_waits_here_too(stella) -> None:
    published(RunType.SF)
    asked_for(RunType.DF)
    screen = await screen_of(stella)
    line = next(row for row in screen.rows if row["run"].endswith("(DF)"))
    assert (line["status"], line["run_on"]) == ("Running", "Not on the timetable")
    assert screen.is_running


async def test_a_run_is_asked_for_and_followed(stella) -> None:
    screen = await screen_of(stella)
    answer = await event(screen, "start", FORM)
    (run,) = settlement_runs.runs(actor=stella, since=DAY, until=DAY)
    assert run.reason == "A dispute"
    assert run.public_id in str(answer)
    assert screen.problems == {}


async def test_all_that_is_wrong_is_said_at_once(stella) -> None:
    screen = await screen_of(stella)
    await event(screen, "start", {})
    assert list(screen.problems) == ["settlement_date", "run_type", "reason"]
    await event(screen, "start", FORM | {"settlement_date_year": "2025", "reason": ""})
    assert set(screen.problems) >= {"settlement_date", "reason"}
    assert settlement_runs.runs(actor=stella, since=DAY, until=DAY) == ()


@pytest.mark.parametrize("year", ["1", "1900", "2008", "9999"])
async def test_a_date_of_another_age_is_refused_in_words(stella, year) -> None:
    screen = await screen_of(stella)
    for run_type in RunType:
        await event(
            screen, "start", FORM | {"settlement_date_year": year, "run_type": run_type.value}
        )
        assert "settlement_date" in screen.problems


@pytest.mark.parametrize("form", [None, [], "x", {"run_type": ["II"], "reason": 5}])
async def test_a_form_that_is_none_is_refused(stella, form) -> None:
    screen = await screen_of(stella)
    await event(screen, "start", form)
    assert screen.problems


async def test_an_auditor_looks_and_does_nothing(market) -> None:
    screen = await screen_of(market.staff("peter", StaffRole.AUDITOR))
    assert screen.loaded
    assert not screen.may_start
    assert "/not-allowed" in str(await event(screen, "start", FORM))


async def test_nobody_else_sees_a_thing(market) -> None:
    for actor in (
        market.acting("ann", "ALPHA", Capacity.CATEGORY_A),
        market.staff("stella", StaffRole.MARKET_ENTRY),
    ):
        screen = await screen_at(RunsState, actor, "/staff/runs")
        assert "/not-allowed" in str(await event(screen, "look"))
        assert "/not-allowed" in str(await event(screen, "start", FORM))
        assert not screen.loaded

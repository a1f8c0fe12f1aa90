from datetime import datetime
from typing import NoReturn

import pytest

from settlement_engine.runs import RunType
from state.domain.actor import THE_CLOCK
from state.domain.permissions import Capacity, StaffRole
from state.persistence.queries.settlement_runs import run_of
from state.persistence.transaction import reading
from state.services import settlement_publication, settlement_runs
from state.services.ingest import StoreBusyError
from state.services.settlement_attempts import fail_attempt, settle_now
from state.services.settlement_work import InProcess
from state.ui.staff import run as module
from state.ui.staff.run import OneRunState
from tests.screens import event, go_to, screen_at
from tests.settled_market import (
    DAY,
    NOW,
    asked_for,
    computed,
    correct_meters,
    published,
    small_frames,
)

BEYOND_ANY_CAPACITY = 4500.0


@pytest.fixture(autouse=True)
def now(monkeypatch) -> datetime:
    monkeypatch.setattr(module, "clock", lambda: NOW)
    return NOW


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.SETTLEMENT_OPERATIONS)


@pytest.fixture
def peter(market):
    return market.staff("peter", StaffRole.SETTLEMENT_OPERATIONS)


async def screen_of(actor, public_id: str) -> OneRunState:
    screen = await screen_at(OneRunState, actor, f"/staff/runs/run?run={public_id}")
    await event(screen, "load")
    await event(screen, "look")
    return screen


def places(screen: OneRunState) -> dict[str, str]:
    return {step["name"]: step["state"] for step in screen.steps}


def asked_by(actor):
    return settlement_runs.request_run(
        actor=actor, settlement_date=DAY, run_type=RunType.II, reason="Again", now=NOW
    )


async def test_a_run_is_followed_from_asking_to_its_figures(stella) -> None:
    run = asked_by(stella)
    screen = await screen_of(stella, run.public_id)
    assert screen.is_pending
    assert places(screen)["Asked for"] == "here"
    assert not screen.may_start
    settle_now(actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW)
    await event(screen, "look")
    assert not screen.is_pending
    assert places(screen)["Computed"] == "here"
    assert len(screen.frames) > 40
    assert screen.stages[0]["width"] == "100.0"
    assert screen.riskiest.startswith("The riskiest stage is ")
    assert any(line["risk"].startswith("used ") for line in screen.stages)


async def test_who_asked_is_told_why_not_and_another_publishes(stella, peter) -> None:
    run = asked_by(stella)
    settle_now(actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW)
    own = await screen_of(stella, run.public_id)
    assert own.not_by_you == "You asked for this run: another person must publish it."
    await event(own, "publish")
    assert own.problems == {"": "You asked for this run: another person must publish it"}
    assert own.done == ""
    other = await screen_of(peter, run.public_id)
    assert other.may_publish
    assert other.not_by_you == ""
    await event(other, "publish")
    assert "is published" in other.done
    await event(other, "look")
    assert other.run["state"] == "Published"
    assert not other.may_publish


async def test_a_busy_store_is_said_and_nothing_is_published(peter, monkeypatch) -> None:
    def busy(**_) -> NoReturn:
        raise StoreBusyError("busy")

    monkeypatch.setattr(settlement_publication, "publish_run", busy)
    screen = await screen_of(peter, computed().public_id)
    await event(screen, "publish")
    assert "Publish it again" in screen.problems[""]


async def test_a_held_run_says_every_reason_and_what_to_do(stella) -> None:
    correct_meters(small_frames()["bm_unit_registrations"]["bm_unit"][0], BEYOND_ANY_CAPACITY)
    run = asked_for()
    settle_now(actor=THE_CLOCK, public_id=run.public_id, executor=InProcess(), now=NOW)
    screen = await screen_of(stella, run.public_id)
    assert places(screen) == {"Asked for": "done", "Computing": "done", "Held": "stopped"}
    assert len(screen.holds) == 50
    assert "registered capacity" in screen.holds[0]["what"]
    assert screen.holds[0]["cure"].startswith("Check the meter")
    assert screen.holds[0]["where"].startswith("Metered volumes, row ")
    assert screen.run["compare"] == ""
    assert "held 1 run in the last 30 days" in screen.riskiest
    assert not screen.may_publish
    assert screen.may_start


async def test_a_failed_run_names_its_fault(stella) -> None:
    run = asked_for()
    with reading() as session:
        token = run_of(session, run.public_id).attempt_token
    fail_attempt(
        actor=THE_CLOCK, public_id=run.public_id, token=token, reference="4f1c22ab", now=NOW
    )
    screen = await screen_of(stella, run.public_id)
    assert screen.run["fault"] == "4f1c22ab"
    assert places(screen)["Failed"] == "stopped"
    assert screen.riskiest == "No stage used a default, and none held a run in the last 30 days."


async def test_a_restated_run_is_compared_and_asked_for_again(stella) -> None:
    first = published()
    screen = await screen_of(stella, first.public_id)
    await event(screen, "again", {"reason": ""})
    assert screen.problems == {"reason": "Enter your reason"}
    answer = await event(screen, "again", {"reason": "A meter was corrected"})
    second = settlement_runs.runs(actor=stella, since=DAY, until=DAY)[0]
    assert second.public_id in str(answer)
    await event(screen, "again", {"reason": ""})
    assert "wait until it has ended" in screen.problems[""]
    go_to(screen, f"/staff/runs/run?run={second.public_id}")
    await event(screen, "load")
    await event(screen, "look")
    assert screen.problems == {}
    assert screen.run["compare"] == ""
    settle_now(actor=THE_CLOCK, public_id=second.public_id, executor=InProcess(), now=NOW)
    await event(screen, "look")
    assert first.public_id in screen.run["compare"]


async def test_there_is_no_such_run(stella) -> None:
    screen = await screen_of(stella, "nothing")
    assert screen.loaded
    assert screen.run == {}
    await event(screen, "publish")
    await event(screen, "again", {"reason": "x"})
    assert screen.problems == {"": "There is no such run."}


async def test_an_auditor_looks_and_does_nothing(market) -> None:
    run = computed()
    screen = await screen_of(market.staff("peter", StaffRole.AUDITOR), run.public_id)
    assert screen.run["state"] == "Computed"
    assert not screen.may_publish
    assert not screen.may_start
    assert "/not-allowed" in str(await event(screen, "publish"))
    assert "/not-allowed" in str(await event(screen, "again", {"reason": "x"}))


async def test_a_company_sees_nothing(market) -> None:
    run = computed()
    actor = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    screen = await screen_at(OneRunState, actor, f"/staff/runs/run?run={run.public_id}")
    assert "/not-allowed" in str(await event(screen, "look"))
    assert screen.run == {}

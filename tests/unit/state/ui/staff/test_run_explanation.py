from datetime import datetime

import polars as pl
import pytest

from settlement_engine.runs import RunType
from state.domain.permissions import Capacity, StaffRole
from state.services.settlement_explanation import DAILY, charges_of_run
from state.ui.staff import run as run_module
from state.ui.staff import run_parties as parties_module
from state.ui.staff.run import OneRunState
from state.ui.staff.run_explanation import EXPLANATION, NO_SUCH_FIGURE, RunExplanationState
from tests.screens import event, go_to, screen_at
from tests.settled_market import NOW, asked_for, computed


@pytest.fixture(autouse=True)
def now(monkeypatch) -> datetime:
    monkeypatch.setattr(run_module, "clock", lambda: NOW)
    return NOW


@pytest.fixture
def stella(market):
    return market.staff("stella", StaffRole.SETTLEMENT_OPERATIONS)


def ways(screen: RunExplanationState) -> list[str]:
    return [cell["href"] for rows in screen.rows for row in rows for cell in row if cell["href"]]


async def run_screen(stella, run: str) -> OneRunState:
    screen = await screen_at(OneRunState, stella, f"/staff/runs/run?run={run}")
    await event(screen, "load")
    await event(screen, "look")
    return screen


async def test_from_a_run_to_what_any_party_is_charged_and_down(stella) -> None:
    run = computed().public_id
    of_the_run = await run_screen(stella, run)
    charges = charges_of_run(actor=stella, run=run).sort(
        pl.col("net_to_party_gbp").abs(), descending=True
    )
    assert [line["party"] for line in of_the_run.parties] == charges["party_id"].to_list()
    assert of_the_run.parties_left_out == ""
    largest = of_the_run.parties[0]
    net = f"{abs(charges['net_to_party_gbp'][0]):,.2f}"
    assert largest["net_to_party_gbp"].endswith(net)

    screen = await screen_at(RunExplanationState, stella, largest["href"])
    await event(screen, "load")
    assert screen.missing == ""
    assert screen.title == "Daily Party Charges"
    assert net in screen.headline
    assert screen.trail[0]["href"] == f"/staff/runs/run?run={run}"
    assert ways(screen)
    assert all(way.startswith(EXPLANATION) for way in ways(screen))
    go_to(screen, ways(screen)[0])
    await event(screen, "load")
    assert screen.missing == ""
    assert len(screen.trail) == 3


async def test_the_rows_of_every_party_are_shown(stella) -> None:
    run = computed()
    units = "transmission_loss_adjustment"
    key = f"settlement_date={run.settlement_date}&settlement_period=20"
    screen = await screen_at(
        RunExplanationState, stella, f"{EXPLANATION}?run={run.public_id}&quantity={units}&{key}"
    )
    await event(screen, "load")
    assert screen.title == "Transmission Loss Adjustment"
    assert [frame["left_out"] for frame in screen.read if frame["left_out"]] == []


async def test_the_smaller_parties_are_counted(stella, monkeypatch) -> None:
    monkeypatch.setattr(parties_module, "PARTIES_SHOWN", 2)
    screen = await run_screen(stella, computed().public_id)
    assert len(screen.parties) == 2
    assert screen.parties_left_out == "1 more Party, with a smaller amount, is not shown."


async def test_a_run_without_figures_has_no_parties_and_no_explanation(stella) -> None:
    run = asked_for(RunType.II).public_id
    assert (await run_screen(stella, run)).parties == []
    where = f"{EXPLANATION}?run={run}&quantity={DAILY}&settlement_date=2026-10-25&party_id=ALPHA"
    screen = await screen_at(RunExplanationState, stella, where)
    await event(screen, "load")
    assert (screen.missing, screen.title, screen.trail) == (NO_SUCH_FIGURE, "", [])


@pytest.mark.parametrize("query", ["", "run=x&quantity=y", "run=x&quantity=daily_party_charges"])
async def test_an_address_of_nothing_says_so(stella, query: str) -> None:
    screen = await screen_at(RunExplanationState, stella, f"{EXPLANATION}?{query}")
    await event(screen, "load")
    assert screen.missing == NO_SUCH_FIGURE


async def test_a_company_sees_nothing_of_it(market) -> None:
    run = computed().public_id
    actor = market.acting("ann", "ALPHA", Capacity.VIEWER)
    where = f"{EXPLANATION}?run={run}&quantity={DAILY}&settlement_date=2026-10-25&party_id=BETA"
    screen = await screen_at(RunExplanationState, actor, where)
    await event(screen, "load")
    assert (screen.loaded, screen.title, screen.values) == (False, "", [])

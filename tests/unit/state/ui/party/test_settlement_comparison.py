from state.ui.party.settlement_comparison import ONE_RUN_ONLY, SettlementComparisonState
from state.ui.settled_day import NO_SUCH_RUN
from tests.screens import event, screen_at


async def test_the_last_two_runs_by_charge_and_by_period(settled, day) -> None:
    where = f"/settlement/compare?date={day}"
    screen = await screen_at(SettlementComparisonState, settled.actor(), where)
    await event(screen, "load")
    assert (screen.before, screen.after) == (
        "Interim Information (II)",
        "Initial Settlement (SF)",
    )
    net = screen.charges[-1]
    assert net["tone"] in {"better", "worse"}
    assert net["words"] == ("Better for you" if net["tone"] == "better" else "Worse for you")
    assert net["change"].startswith("+" if net["tone"] == "better" else "−")
    assert len(screen.periods) == 50
    assert screen.said.startswith("By Initial Settlement (SF) the day is £")
    assert settled.runs["second"] in screen.periods[0]["href"]


async def test_a_run_against_itself_comes_to_the_same(settled, day) -> None:
    one = settled.runs["first"]
    where = f"/settlement/compare?date={day}&before={one}&after={one}"
    screen = await screen_at(SettlementComparisonState, settled.actor(), where)
    await event(screen, "load")
    assert screen.periods == []
    assert "come to the same for you" in screen.said
    assert {row["words"] for row in screen.charges} == {"No change"}


async def test_a_day_settled_once_has_nothing_to_compare(settled) -> None:
    where = "/settlement/compare?date=2026-10-24"
    screen = await screen_at(SettlementComparisonState, settled.actor(), where)
    await event(screen, "load")
    assert screen.missing == ONE_RUN_ONLY


async def test_a_run_that_is_not_of_the_day_is_not_found(settled, day) -> None:
    where = f"/settlement/compare?date={day}&before={settled.runs['other']}"
    screen = await screen_at(SettlementComparisonState, settled.actor(), where)
    await event(screen, "load")
    assert screen.missing == NO_SUCH_RUN

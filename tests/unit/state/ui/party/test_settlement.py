from state.domain.permissions import Capacity
from state.ui.party.settlement import SettlementState
from tests.market import tiny_market
from tests.screens import event, go_to, screen_at


async def test_the_newest_day_comes_first_with_the_run_spelled_out(settled, day) -> None:
    screen = await screen_at(SettlementState, settled.actor(), "/settlement")
    await event(screen, "load")
    assert [shown["day"] for shown in screen.days] == ["Sun 25 Oct 2026", "Sat 24 Oct 2026"]
    newest = screen.days[0]
    assert newest["run"] == "Initial Settlement (SF)"
    assert newest["earlier"].startswith("II: ")
    assert newest["direction"] in {"You are paid", "You pay"}
    assert ("−" in newest["net"]) == (newest["direction"] == "You pay")
    first, second = settled.runs["first"], settled.runs["second"]
    assert newest["compare"] == f"/settlement/compare?date={day}&before={first}&after={second}"
    assert screen.days[1]["compare"] == ""
    assert [bar["day"] for bar in screen.bars] == ["24", "25"]
    assert screen.words == "24 Oct 2026 to 25 Oct 2026"
    assert (screen.earlier, screen.later) == ("", "")


async def test_an_address_shows_the_days_that_end_there(settled) -> None:
    screen = await screen_at(SettlementState, settled.actor(), "/settlement?until=2026-10-24")
    await event(screen, "load")
    assert [shown["day"] for shown in screen.days] == ["Sat 24 Oct 2026"]
    assert screen.later == "/settlement?until=2026-10-25"
    for odd in ("2031-01-01", "yesterday", "2026-99-99"):
        go_to(screen, f"/settlement?until={odd}")
        await event(screen, "load")
        assert len(screen.days) == 2


async def test_nothing_settled_yet_is_said(database) -> None:
    actor = tiny_market().acting("ann", "ALPHA", Capacity.VIEWER)
    screen = await screen_at(SettlementState, actor, "/settlement")
    await event(screen, "load")
    assert screen.loaded
    assert screen.days == []


async def test_who_acts_for_no_company_is_asked_to_choose_one(settled) -> None:
    screen = await screen_at(SettlementState, settled.nobody(), "/settlement")
    assert "choose-company" in str(await event(screen, "load"))
    assert screen.days == []

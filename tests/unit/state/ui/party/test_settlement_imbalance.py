from state.ui.party.settlement_imbalance import SettlementImbalanceState
from tests.screens import event, go_to, screen_at


async def test_one_account_at_a_time_as_the_address_says(settled, day) -> None:
    where = f"/settlement/imbalance?date={day}"
    screen = await screen_at(SettlementImbalanceState, settled.actor(), where)
    await event(screen, "load")
    assert len(screen.totals) == len(screen.accounts) > 0
    assert screen.account.endswith(" account")
    last = screen.accounts[-1]
    go_to(screen, last["href"])
    await event(screen, "load")
    assert screen.accounts[-1]["current"] == "page"
    assert screen.src.startswith(f"/api/v1/settlement/{day}/runs/{settled.runs['second']}/imb")
    assert "party=ALPHA" in screen.src


async def test_another_companys_account_is_no_account_here(settled, day) -> None:
    where = f"/settlement/imbalance?date={day}&party=BETA&account=production"
    screen = await screen_at(SettlementImbalanceState, settled.actor(), where)
    await event(screen, "load")
    assert "BETA" not in screen.src
    assert "BETA" not in str(screen.totals)

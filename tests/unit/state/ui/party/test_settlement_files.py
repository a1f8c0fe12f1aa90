from state.ui.party.settlement_files import SettlementFilesState
from tests.screens import event, screen_at


async def test_every_quantity_of_the_run_stands_once(settled, day) -> None:
    where = f"/settlement/files?date={day}"
    screen = await screen_at(SettlementFilesState, settled.actor(), where)
    await event(screen, "load")
    names = [row["quantity"] for row in [*screen.most, *screen.others]]
    assert len(names) == len(set(names)) > 30
    assert screen.most[0]["quantity"] == "daily_party_charges"
    run = settled.runs["second"]
    wanted = f"/api/v1/settlement/{day}/runs/{run}/files/daily_party_charges.csv"
    assert screen.most[0]["csv"] == wanted

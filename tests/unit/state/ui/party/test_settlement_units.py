from state.ui.party.settlement_units import SettlementUnitsState
from tests.screens import event, go_to, screen_at
from tests.settled_companies import units_of


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


async def test_the_units_of_the_day_are_the_companys_and_sorted(settled, day) -> None:
    where = f"/settlement/units?date={day}"
    screen = await screen_at(SettlementUnitsState, settled.actor(), where)
    await event(screen, "load")
    assert [row["bm_unit"] for row in screen.rows] == units_of()
    assert screen.columns[0]["sorted"] == "ascending"
    metered = next(one for one in screen.columns if one["text"] == "Metered, MWh")
    go_to(screen, metered["href"])
    await event(screen, "load")
    volumes = [number(row["metered_volume_mwh"]) for row in screen.rows]
    assert volumes == sorted(volumes, reverse=True)
    assert screen.columns[2]["sorted"] == "descending"


async def test_a_search_finds_part_of_an_id(settled, day) -> None:
    own = units_of()[-1]
    where = f"/settlement/units?date={day}&search={own.lower()}&sort=nothing&page=-3"
    screen = await screen_at(SettlementUnitsState, settled.actor(), where)
    await event(screen, "load")
    assert [row["bm_unit"] for row in screen.rows] == [own]
    assert (screen.page, screen.pages) == (1, 1)
    go_to(screen, f"/settlement/units?date={day}&search={units_of('BETA')[0]}")
    await event(screen, "load")
    assert screen.rows == []
    assert f"search=x&sort={screen.sort}" in str(await event(screen, "find", {"search": "x"}))

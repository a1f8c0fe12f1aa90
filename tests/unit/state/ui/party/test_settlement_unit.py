import pytest

from state.ui.party.settlement_unit import NO_SUCH_UNIT, SettlementUnitState
from tests.screens import event, screen_at
from tests.settled_companies import units_of


async def test_a_unit_of_the_company(settled, day) -> None:
    unit = units_of()[0]
    where = f"/settlement/unit?date={day}&unit={unit}"
    screen = await screen_at(SettlementUnitState, settled.actor(), where)
    await event(screen, "load")
    assert (screen.missing, screen.unit) == ("", unit)
    assert screen.metered not in {"", "0.000"}
    assert screen.src.endswith(f"/units/{unit}")
    assert f"unit={unit}" in screen.previous


@pytest.mark.parametrize("odd", ["", "NONE", "../../x"])
async def test_no_such_unit(settled, day, odd) -> None:
    where = f"/settlement/unit?date={day}&unit={odd}"
    screen = await screen_at(SettlementUnitState, settled.actor(), where)
    await event(screen, "load")
    assert screen.missing == NO_SUCH_UNIT


async def test_another_companys_unit_is_none_of_ours(settled, day) -> None:
    where = f"/settlement/unit?date={day}&unit={units_of('BETA')[0]}"
    screen = await screen_at(SettlementUnitState, settled.actor(), where)
    await event(screen, "load")
    assert screen.missing == NO_SUCH_UNIT

"""Pages of what is closed say why, instead of a market without rows."""

import pytest

from state.domain.actor import ANYONE
from state.domain.datasets import datasets
from state.ui.public.generation import GenerationState
from state.ui.public.outages import OutagesState
from state.ui.public.price_stack import PriceStackState
from state.ui.public.query import QueryState
from state.ui.public.series import SeriesState
from state.ui.public.status import StatusState
from state.ui.public.system_price import SystemPriceState
from state.ui.public.units import UnitsState
from tests.public_data import close_by_hand, store_a_row_of_everything
from tests.screens import event, screen_at

PAGES = [
    (GenerationState, "/insights/generation", "closed"),
    (SystemPriceState, "/insights/system-price", "closed"),
    (OutagesState, "/insights/outages", "closed"),
    (PriceStackState, "/insights/price-stack?date=2026-11-10&period=19", "missing"),
    (SeriesState, "/insights/series?view=demand", "problem"),
    (UnitsState, "/insights/units", "problem"),
    (UnitsState, "/insights/units?id=T_TEST-1", "problem"),
    (StatusState, "/insights/status", ""),
    (QueryState, "/insights/query", ""),
]


@pytest.mark.parametrize(("state", "path", "said"), PAGES, ids=[one[1] for one in PAGES])
async def test_a_page_of_what_is_closed_says_why(state, path: str, said: str, database) -> None:
    store_a_row_of_everything("generation_by_fuel", "system_prices", "action_stack")
    close_by_hand(*datasets())
    screen = await screen_at(state, ANYONE, path)
    await event(screen, "load")
    if said:
        assert "It names a person" in getattr(screen, said)

from settlement_engine.runs import RunType
from state.domain.actor import ANYONE
from state.ui.public.price_stack import PriceStackState
from tests.screens import event, screen_at
from tests.settled_market import DAY, published, store_small_market


async def test_the_run_in_force_stands_on_top_of_every_price_that_was_published(database) -> None:
    store_small_market()
    published()
    published(RunType.SF)
    where = f"/insights/price-stack?date={DAY}&period=20"
    screen = await screen_at(PriceStackState, ANYONE, where)
    await event(screen, "load")
    said = [(line["run"], line["current"], line["change"]) for line in screen.history]
    assert said == [
        ("Initial Settlement (SF)", "In force", "No change"),
        ("Interim Information (II)", "", "First published"),
    ]


async def test_the_address_names_the_step_as_people_count(database) -> None:
    store_small_market()
    published()
    for asked, step in (("5", 4), ("99", 0), ("x", 0)):
        where = f"/insights/price-stack?date={DAY}&period=20&step={asked}"
        screen = await screen_at(PriceStackState, ANYONE, where)
        await event(screen, "load")
        assert screen.step == step, asked

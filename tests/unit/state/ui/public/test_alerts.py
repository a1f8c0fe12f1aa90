from datetime import UTC, datetime

import pytest

from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.actor import ANYONE
from state.domain.permissions import Capacity
from state.ui.public.alerts import PATH, AlertsState, alert_address
from tests.market import tiny_market
from tests.screens import event, screen_at
from tests.unit.state.services.feeds import price_row, take_in_rows

PRICE = "system_prices.system_buy_price_gbp_per_mwh"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def ann(database):
    take_in_rows(SYSTEM_PRICES, database / "in", [price_row(period=1)])
    return tiny_market().acting("ann", "ALPHA", Capacity.VIEWER)


async def test_a_link_chooses_the_series_and_a_sign_in_leads_back_to_it(ann) -> None:
    screen = await screen_at(AlertsState, ANYONE, alert_address(series=PRICE))
    await event(screen, "load")
    assert (screen.may_keep, screen.asked, screen.rows) == (False, "System price", [])
    assert screen.sign_in == (
        "/sign-in?next=%2Finsights%2Falerts%3Fseries%3Dsystem_prices.system_buy_price_gbp_per_mwh"
    )
    screen = await screen_at(AlertsState, ann, alert_address(series=PRICE))
    await event(screen, "load")
    assert (screen.series, screen.unit) == (PRICE, "£/MWh")
    assert {"value": PRICE, "text": "System price"} in screen.choices


async def test_a_link_that_names_no_public_series_chooses_nothing(ann) -> None:
    for name in ("nothing", "metered_volumes.x", "<script>", "a~b", "x" * 900):
        screen = await screen_at(AlertsState, ann, alert_address(series=name))
        await event(screen, "load")
        assert (screen.series, screen.asked, screen.unit) == ("", "", "")


async def test_an_alert_is_set_paused_resumed_and_removed(ann) -> None:
    screen = await screen_at(AlertsState, ann, PATH)
    await event(screen, "load")
    await event(screen, "watch_value", {"series": PRICE, "side": "above", "line": "200"})
    await event(screen, "watch_lateness", {"dataset": "system_prices"})
    assert [(one["title"], one["condition"], one["told"]) for one in screen.rows] == [
        ("System price and imbalance volume", "is late", "Has not told you yet"),
        ("System price", "is above 200 £/MWh", "Has not told you yet"),
    ]
    alert = screen.rows[1]["id"]
    await event(screen, "pause", alert)
    assert [one["paused"] for one in screen.rows] == ["", "yes"]
    await event(screen, "resume", alert)
    await event(screen, "remove", alert)
    assert len(screen.rows) == 1
    await event(screen, "remove", alert)
    assert screen.done == "That alert is not there any more."


async def test_what_is_wrong_is_said_beside_each_question(ann) -> None:
    screen = await screen_at(AlertsState, ann, PATH)
    await event(screen, "load")
    await event(screen, "watch_value", {"series": "", "side": "above", "line": "lots"})
    assert set(screen.problems) == {"series", "line"}
    await event(screen, "watch_lateness", {})
    assert (screen.problems, set(screen.late_problems)) == ({}, {"dataset"})

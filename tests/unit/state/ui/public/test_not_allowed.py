import pytest

from state.domain.actor import ANYONE
from state.ui.public.not_allowed import NotAllowedState
from tests.screens import event, go_to, screen_at


async def test_a_refusal_names_the_right_who_has_it_and_how_to_put_it_right() -> None:
    screen = await screen_at(NotAllowedState, ANYONE, "/not-allowed?activity=bank.approve")
    await event(screen, "load")
    assert screen.activity.startswith("Bank accounts: ")
    assert "Category A, after signing in again" in screen.who_may
    assert "Category A colleague" in screen.remedy
    assert screen.since == "27 Mar 2001"

    go_to(screen, "/not-allowed?whom=staff")
    await event(screen, "load")
    assert (screen.activity, screen.who_may, screen.since) == ("", [], "")
    assert "operator's staff" in screen.remedy


@pytest.mark.parametrize("query", ["", "?activity=bank.approve.x", "?activity=<b>", "?whom=me"])
async def test_an_address_that_names_nothing_says_nothing_of_it(query: str) -> None:
    screen = await screen_at(NotAllowedState, ANYONE, f"/not-allowed{query}")
    await event(screen, "load")
    assert (screen.activity, screen.remedy) == ("", "")

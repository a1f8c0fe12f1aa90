from state.domain.permissions import Capacity
from state.persistence.notices import notify
from state.persistence.transaction import transaction
from state.ui.bell import BellState
from state.ui.party.notices import NoticesState
from tests.market import NOW, tiny_market
from tests.screens import event, screen_at


async def test_a_notice_is_opened_and_leads_to_a_page_of_ours_alone(database) -> None:
    market = tiny_market()
    with transaction() as session:
        for number in range(2):
            notify(
                session,
                key="change.applied",
                people=[market.people["ann"]],
                organisation_id=None,
                link="/account",
                now=NOW,
                company="ALPHA ENERGY LTD",
                what=f"number {number}",
            )
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    screen = await screen_at(NoticesState, ann, "/notices?show=unread")
    await event(screen, "load")
    assert [notice["state"] for notice in screen.notices] == ["Unread", "Unread"]
    first = screen.notices[0]["public_id"]
    assert "/account" in repr(await event(screen, "open_notice", first, "/account"))
    elsewhere = await event(screen, "open_notice", first, "https://evil.example")
    assert "evil" not in repr(elsewhere)
    await event(screen, "load")
    assert (screen.total, (await screen.get_state(BellState)).unread) == (1, 1)
    await event(screen, "mark_all_read")
    assert (screen.total, screen.done) == (0, "All notices are marked as read.")

from state.domain.permissions import Capacity
from state.ui.party.charges import ChargesState
from tests.market import tiny_market
from tests.screens import event, screen_at


async def test_fees_are_shown_in_pounds_with_their_dates(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    screen = await screen_at(ChargesState, ann, "/account/charges")
    await event(screen, "load")
    assert [(row["amount"], row["vat"]) for row in screen.due] == [("£250.00", "plus VAT")]
    assert screen.total == "£250.00"
    assert [(row["amount"], row["since"], row["tag"]) for row in screen.fees] == [
        ("£500.00", "27 Mar 2001", "Now"),
        ("£250.00", "27 Mar 2001", "Now"),
    ]

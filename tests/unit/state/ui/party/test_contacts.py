from datetime import date

from sqlmodel import select

from state.domain.permissions import Capacity
from state.persistence.models.organisation import ContactRow
from state.persistence.transaction import transaction
from state.ui.party.contacts import ContactsState
from tests.market import tiny_market
from tests.screens import event, screen_at


def reviewed(day: date) -> None:
    with transaction() as session:
        for row in session.exec(select(ContactRow)):
            row.reviewed_on = day
            session.add(row)


async def test_a_contact_that_is_due_is_noted_as_still_right(database) -> None:
    market = tiny_market()
    reviewed(date(2020, 1, 1))
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    screen = await screen_at(ContactsState, ann, "/account/contacts")
    await event(screen, "load")
    [row] = screen.rows
    assert row["tag"] == "To be reviewed since 1 Jan 2022"
    await event(screen, "still_right", row["review_id"])
    assert screen.said == "Thank you. Carol of ALPHA is noted as still right."
    [row] = screen.rows
    assert (row["tag"], row["review_id"]) == ("", "")


async def test_an_assistant_sees_what_is_due_and_has_no_button(database) -> None:
    market = tiny_market()
    reviewed(date(2020, 1, 1))
    al = market.acting("al", "ALPHA", Capacity.ASSISTANT)
    screen = await screen_at(ContactsState, al, "/account/contacts")
    await event(screen, "load")
    assert [(bool(row["tag"]), row["review_id"]) for row in screen.rows] == [(True, "")]

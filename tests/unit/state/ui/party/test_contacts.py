from datetime import date

from sqlmodel import select

from state.domain.permissions import Capacity
from state.persistence.models.organisation import ContactRow
from state.persistence.models.person import PersonRow
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


async def test_a_contact_is_made_a_signatory_by_their_form_or_by_an_invitation(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    screen = await screen_at(ContactsState, ann, "/account/contacts")
    await event(screen, "load")
    [row] = screen.rows
    to_invitation = await event(screen, "make_signatory", row["signs_id"])
    assert "/account/people/invite?contact=contact-alpha" in str(to_invitation)
    with transaction() as session:
        al = session.get_one(PersonRow, market.people["al"])
        al.email = "Carol@alpha.example"
        session.add(al)
    to_form = await event(screen, "make_signatory", row["signs_id"])
    assert "/account/signatory?id=p-al" in str(to_form)
    refused = await event(screen, "make_signatory", "contact-beta")
    assert "/not-allowed" in str(refused)


async def test_an_assistant_is_told_who_can_invite_a_contact_and_a_viewer_has_no_button(
    database,
) -> None:
    market = tiny_market()
    al = market.acting("al", "ALPHA", Capacity.ASSISTANT)
    screen = await screen_at(ContactsState, al, "/account/contacts")
    await event(screen, "load")
    await event(screen, "make_signatory", screen.rows[0]["signs_id"])
    assert "A Category A colleague can invite them" in screen.said
    nick = market.acting("nick", "ALPHA", Capacity.VIEWER)
    screen = await screen_at(ContactsState, nick, "/account/contacts")
    await event(screen, "load")
    assert screen.rows[0]["signs_id"] == ""

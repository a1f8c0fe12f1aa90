from state.domain.permissions import Capacity
from state.ui.party.account import AccountState
from state.ui.party.change import ChangeState
from state.ui.party.changes import ChangesState
from state.ui.party.contact import ContactState
from state.ui.party.contacts import ContactsState
from tests.market import tiny_market
from tests.screens import event, go_to, screen_at

GOOD = {
    "name": "Dora Ellis",
    "job_title": "Clerk",
    "email": "dora@alpha.example",
    "phone": "01632 960 002",
    "out_of_hours": "no",
    "purposes.notices": "on",
}


async def _loaded() -> ContactState:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    screen = await screen_at(ContactState, ann, "/account/contact?id=contact-alpha")
    await event(screen, "load")
    return screen


async def test_a_good_number_is_confirmed_as_its_box_is_left(database) -> None:
    screen = await _loaded()
    assert screen.values["phone"] == "01632 960001"
    await event(screen, "confirm", "phone", "01632 960 002")
    assert screen.confirmations == {"phone": "Valid: +44 1632 960002"}
    await event(screen, "confirm", "phone", "12")
    assert (screen.confirmations, screen.problems) == ({}, {})


async def test_all_that_is_wrong_is_said_and_confirmed_no_more(database) -> None:
    screen = await _loaded()
    await event(screen, "confirm", "phone", "01632 960 002")
    await event(screen, "keep", {"name": "", "email": "x", "phone": "12", "effective_on_day": "1"})
    assert {"name", "email", "phone", "purposes", "effective_on"} <= set(screen.problems)
    assert screen.confirmations == {}


async def test_a_contact_is_looked_at_before_it_counts(database) -> None:
    screen = await _loaded()
    went = await event(screen, "keep", GOOD)
    assert screen.problems == {}
    change = await screen.get_state(ChangeState)
    go_to(change, went.args[0][1]._var_value if went else "")
    await event(change, "load")
    assert change.send_words == "Make this change"
    assert {row["label"]: (row["before"], row["after"]) for row in change.fields}["Full name"] == (
        "Carol of ALPHA",
        "Dora Ellis",
    )
    await event(change, "submit")
    assert change.said == "Done. It counts now."
    contacts = await screen.get_state(ContactsState)
    await event(contacts, "load")
    assert [row["title"] for row in contacts.rows] == ["Dora Ellis"]
    lines = await screen.get_state(ChangesState)
    go_to(lines, "/account/changes?tab=ended")
    await event(lines, "load")
    assert [row["status"] for row in lines.rows] == ["Done"]
    account = await screen.get_state(AccountState)
    await event(account, "load")
    assert {tile["name"]: tile["count"] for tile in account.tiles}["Contacts"] == "1"

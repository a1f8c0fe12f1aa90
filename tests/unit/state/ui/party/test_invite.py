from state.domain.permissions import Capacity
from state.services.drafts import keep_draft
from state.ui.party.invite import FORM, InviteState
from state.ui.session import clock
from tests.market import tiny_market
from tests.screens import event, screen_at

TYPED = {
    "name": "Nell New",
    "email": "nell@alpha.example",
    "kind": "signatory",
    "categories.F": "on",
    "categories.N": "",
    "role": "TG",
    "until_day": "31",
    "until_month": "",
    "until_year": "",
}


async def at(actor, address="/account/people/invite") -> InviteState:
    screen = await screen_at(InviteState, actor, address)
    await event(screen, "load")
    return screen


def a_of_alpha():
    return tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")


async def test_what_was_typed_and_not_sent_stands_in_the_form_again(database) -> None:
    ann = a_of_alpha()
    assert (await at(ann)).values["name"] == ""
    keep_draft(actor=ann, form_key=FORM, fields=TYPED, now=clock())
    screen = await at(ann)
    assert (screen.values["name"], screen.values["until_day"]) == ("Nell New", "31")
    assert (screen.kind, screen.values["role"]) == ("signatory", "TG")
    assert [one["code"] for one in screen.categories if one["ticked"]] == ["F"]
    assert screen.kept
    await event(screen, "start_again")
    assert (screen.values["name"], screen.kind, screen.kept) == ("", "", "")
    assert not any(one["ticked"] for one in screen.categories)


async def test_an_invitation_that_was_sent_is_no_draft_any_more(database) -> None:
    ann = a_of_alpha()
    keep_draft(actor=ann, form_key=FORM, fields=TYPED, now=clock())
    screen = await at(ann)
    await event(screen, "send", TYPED | {"until_day": ""})
    assert screen.problems == {}
    assert (await at(ann)).kept == ""


async def test_a_contact_that_the_address_names_is_invited_as_a_signatory(database) -> None:
    screen = await at(a_of_alpha(), "/account/people/invite?contact=contact-alpha")
    assert (screen.values["name"], screen.values["email"], screen.kind) == (
        "Carol of ALPHA",
        "carol@alpha.example",
        "signatory",
    )

from state.domain.actor import ANYONE
from state.domain.permissions import Capacity, StaffRole
from state.services import content_entries, support
from state.ui.need_help import NeedHelpState
from tests.market import NOW, tiny_market
from tests.screens import event, screen_at
from tests.unit.state.services.test_support import TEAM


async def test_an_address_is_on_the_screen_of_who_asked_for_it_alone(database) -> None:
    peter = tiny_market().staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    content_entries.save_entry(actor=peter, entry=TEAM, publish=True, now=NOW)
    screen = await screen_at(NeedHelpState, ANYONE, "/customer")
    await event(screen, "look")
    assert (screen.mailboxes, screen.manager) == ({}, "")
    assert "@" not in str(screen.teams)
    for hostile in ("none", None, {"id": 1}):
        await event(screen, "show_mailbox", hostile)
    assert screen.mailboxes == {}
    team = screen.teams[0]["id"]
    await event(screen, "show_mailbox", team)
    assert screen.mailboxes == {team: "team@x.example"}


async def test_a_member_of_a_company_reads_who_supports_it(database) -> None:
    market = tiny_market()
    peter = market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    support.assign_support_manager(actor=peter, public_id="alpha", person="p-peter", now=NOW)
    for subject, party, told in (("ann", "ALPHA", "Peter"), ("ben", "BETA", "")):
        actor = market.acting(subject, party, Capacity.CATEGORY_A)
        screen = await screen_at(NeedHelpState, actor, "/customer")
        await event(screen, "look")
        assert screen.manager == told

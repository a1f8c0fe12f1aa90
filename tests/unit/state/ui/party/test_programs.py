from state.domain.permissions import Capacity
from state.services import webhooks
from state.ui.party.programs import ProgramsState
from tests.market import tiny_market
from tests.screens import event, screen_at

PROGRAM = {"name": "ERP", "scopes.registry:read": "on", "networks": ""}
WEBHOOK = {"url": "https://hooks.alpha.example/", "events.change.applied": "on"}


async def at(actor) -> ProgramsState:
    screen = await screen_at(ProgramsState, actor, "/account/programs")
    await event(screen, "load")
    return screen


async def test_a_program_begins_and_ends(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    screen = await at(ann)
    await event(screen, "begin", "program")
    await event(screen, "add_program", {})
    assert {"name", "scopes"} == set(screen.problems)
    await event(screen, "add_program", PROGRAM)
    assert (screen.problems, screen.adding) == ({}, "")
    [program] = screen.programs
    assert (program["name"], program["state"]) == ("ERP", "Waits for its secret")
    await event(screen, "begin_to_end", "program", program["public_id"])
    assert (screen.ending["what"], screen.ending["name"]) == ("program", "ERP")
    await event(screen, "begin", "")
    assert (screen.ending, screen.programs[0]["is_open"]) == ({}, "yes")
    await event(screen, "begin_to_end", "program", program["public_id"])
    await event(screen, "end")
    assert screen.programs[0]["state"] == "Ended"
    await event(screen, "begin", "anything")
    assert screen.adding == ""


async def test_a_webhook_is_tried_sent_again_and_ended(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    screen = await at(ann)
    await event(screen, "add_webhook", {"url": "http://x"})
    assert {"url", "events"} == set(screen.problems)
    await event(screen, "add_webhook", WEBHOOK)
    [hook] = screen.webhooks
    await event(screen, "ping", hook["public_id"])
    [delivery] = screen.deliveries
    assert (delivery["event"], delivery["state"]) == ("webhook.ping", "Waits")
    await event(screen, "replay", delivery["public_id"])
    await event(screen, "look_again")
    await event(screen, "begin_to_end", "webhook", hook["public_id"])
    assert screen.ending["name"] == WEBHOOK["url"]
    await event(screen, "end")
    assert screen.webhooks == []
    assert webhooks.webhooks_of(actor=ann, organisation_id=market.organisations["ALPHA"]) == ()


async def test_an_assistant_looks_and_changes_nothing(database) -> None:
    al = tiny_market().acting("al", "ALPHA", Capacity.ASSISTANT)
    screen = await at(al)
    assert (screen.loaded, screen.may_manage) == (True, False)
    await event(screen, "add_program", PROGRAM)
    await event(screen, "load")
    assert screen.programs == []


async def test_who_may_not_see_them_is_told_who_may(database) -> None:
    nick = tiny_market().acting("nick", "ALPHA", Capacity.SIGNATORY, "N")
    screen = await at(nick)
    assert (screen.loaded, screen.may_view, screen.programs) == (True, False, [])


async def test_what_was_not_asked_about_does_not_end(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    screen = await at(ann)
    await event(screen, "add_program", PROGRAM)
    await event(screen, "begin_to_end", "anything", screen.programs[0]["public_id"])
    assert screen.ending == {}
    await event(screen, "end")
    await event(screen, "load")
    assert screen.programs[0]["is_open"] == "yes"

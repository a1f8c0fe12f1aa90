from state.domain.permissions import Capacity, StaffRole
from state.services.verification_phrases import make_phrase
from state.ui.staff.phrase import PhraseState
from tests.market import NOW, tiny_market
from tests.screens import event, screen_at


async def test_a_caller_is_who_they_say_or_not(database) -> None:
    market = tiny_market()
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    phrase = make_phrase(actor=ann, organisation_id=ann.organisation_id, now=NOW)
    stella = market.staff("stella", StaffRole.MARKET_ENTRY)
    screen = await screen_at(PhraseState, stella, "/staff/phrase")
    await event(screen, "load")
    await event(screen, "check", {"email": "", "phrase": ""})
    assert set(screen.problems) == {"email", "phrase"}
    await event(screen, "check", {"email": "ann@people.example", "phrase": "no no no no"})
    assert (bool(screen.wrong), screen.right, screen.problems) == (True, "", {})
    await event(screen, "check", {"email": "ann@people.example", "phrase": phrase})
    assert (screen.wrong, screen.right) == ("", "Right. You are speaking to Ann.")


async def test_the_page_is_for_who_looks_after_people(database) -> None:
    silas = tiny_market().staff("silas", StaffRole.SETTLEMENT_OPERATIONS)
    screen = await screen_at(PhraseState, silas, "/staff/phrase")
    assert await event(screen, "load") is not None

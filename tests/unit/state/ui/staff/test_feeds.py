"""The staff's screens of feeds, without a browser."""

from datetime import timedelta

from state.domain.actor import THE_CLOCK, Actor
from state.domain.feed_faults import FeedFault
from state.domain.permissions import StaffRole
from state.services.feed_runs import feed_failed
from state.ui.session import clock
from state.ui.staff.feed import FeedState
from state.ui.staff.feeds import LOOKS_AFTER_A_RUN, FeedsState
from tests.screens import event, screen_at

PUBLISHER = Actor(
    kind="person",
    name="Isla",
    person_id=7,
    staff_roles=frozenset({StaffRole.INSIGHTS_PUBLISHER}),
)


async def test_the_list_says_what_went_wrong_and_looks_again_for_a_while(database) -> None:
    feed_failed(
        actor=THE_CLOCK, code="TEMP", fault=FeedFault.TOO_SLOW, detail="ReadTimeout", now=clock()
    )
    screen = await screen_at(FeedsState, PUBLISHER, "/staff/feeds?show=attention")
    await event(screen, "load")
    await event(screen, "look")
    (row,) = screen.rows
    assert (row["code"], row["health"], row["next"]) == ("TEMP", "Failing", "In 5 minutes")
    assert row["fault"] == "The service took too long to answer."
    assert not screen.is_waiting
    await event(screen, "run_now", "TEMP")
    for _ in range(LOOKS_AFTER_A_RUN):
        assert screen.is_waiting or _ == 0
        await event(screen, "look")
    assert not screen.is_waiting
    assert screen.rows[0]["next"] == "Now"


async def test_one_feed_says_what_to_do_and_can_be_paused(database) -> None:
    for _ in range(3):
        feed_failed(
            actor=THE_CLOCK,
            code="TEMP",
            fault=FeedFault.NOT_THERE,
            detail="It answered 404.",
            now=clock() - timedelta(seconds=1),
        )
    screen = await screen_at(FeedState, PUBLISHER, "/staff/feed?code=temp")
    await event(screen, "load")
    await event(screen, "look")
    facts = {fact["name"]: fact["value"] for fact in screen.facts}
    assert facts["What went wrong"].endswith("It answered 404.")
    assert facts["What to do"].startswith("Check the path")
    assert facts["Circuit"].startswith("Open")
    await event(screen, "pause")
    await event(screen, "look")
    assert (screen.paused, screen.line["health"], screen.line["next"]) == (True, "Paused", "–")
    await event(screen, "resume")
    await event(screen, "look")
    assert not screen.paused


async def test_what_is_no_feed_is_said(database) -> None:
    screen = await screen_at(FeedState, PUBLISHER, "/staff/feed?code=EBOCF&ingest=x")
    await event(screen, "load")
    await event(screen, "look")
    assert screen.missing == "There is no feed EBOCF. Choose one from the list."

from state.domain.actor import ANYONE
from state.domain.permissions import StaffRole
from state.services.feedback import feedback_received
from state.ui.public.feedback import FeedbackState
from tests.market import tiny_market
from tests.screens import event, screen_at

FORM = {"area": "other", "rating": "5", "text": "Good.", "email": ""}


async def test_what_a_program_fills_in_is_not_taken(database) -> None:
    peter = tiny_market().staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    screen = await screen_at(FeedbackState, ANYONE, "/customer/feedback")
    await event(screen, "load")
    await event(screen, "send", FORM | {"website": "http://x.example"})
    assert (screen.reference, feedback_received(actor=peter)) == ("", ())
    for hostile in ({}, None, {"rating": ["5"], "area": None}):
        await event(screen, "send", hostile)
        assert set(screen.problems) == {"area", "rating", "text"}
    await event(screen, "send", FORM)
    assert screen.reference.startswith("FB-")
    assert screen.due == ""
    assert len(feedback_received(actor=peter)) == 1

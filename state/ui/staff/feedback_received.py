"""Feedback and the user group, on the staff's screen."""

from datetime import date

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.feedback import AREAS, RATINGS, FeedbackStatus
from state.domain.permissions import Permission
from state.domain.user_group import INTERESTS
from state.services import feedback, user_group
from state.services.feedback import FeedbackRefusedError, HeldFeedback
from state.services.user_group import Member
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, here


class FeedbackReceivedState(rx.State):
    """What waits, what was dealt with, and who is in the user group."""

    loaded: bool = False
    received: list[dict[str, str]] = []
    waiting: int = 0
    chosen: dict[str, str] = {}
    members: list[dict[str, str]] = []
    may_deal: bool = False
    problems: dict[str, str] = {}
    said: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read all of it, and the one that the address names."""
        self.problems = {}
        await _read(self)
        asked = str(self.router.url.query_parameters.get("reference", ""))
        self.chosen = next((one for one in self.received if one["reference"] == asked), {})

    @rx.event
    @for_staff
    async def deal(self, form: dict):
        """Say what was done about the one that is shown."""
        reference = self.chosen.get("reference", "")
        try:
            await ask(
                feedback.deal_with_feedback,
                actor=await here(self),
                reference=reference,
                note=answer(form, "note"),
                now=clock(),
            )
        except FeedbackRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        self.said = f"{reference} is dealt with."
        return rx.redirect("/staff/feedback")


async def _read(screen: FeedbackReceivedState) -> None:
    actor, today = await here(screen), clock().date()
    found = await ask(feedback.feedback_received, actor=actor)
    screen.received = [_row(one, today) for one in found]
    screen.waiting = sum(one.status is FeedbackStatus.RECEIVED for one in found)
    screen.members = [_member(one) for one in await ask(user_group.members, actor=actor)]
    screen.may_deal = actor.may(Permission.FEEDBACK_TRIAGE)
    screen.loaded = True


def _row(one: HeldFeedback, today: date) -> dict[str, str]:
    waits = one.status is FeedbackStatus.RECEIVED
    return {
        "reference": one.reference,
        "status": one.status.value.capitalize(),
        "waits": "yes" if waits else "",
        "late": "yes" if waits and one.told.email and one.answer_due_on < today else "",
        "area": AREAS.get(one.told.area, one.told.area),
        "rating": RATINGS[one.told.rating],
        "text": one.told.text,
        "email": one.told.email,
        "received": spoken_moment(one.received_at),
        "due": spoken_date(one.answer_due_on) if one.told.email else "No answer asked for",
        "note": one.note,
    }


def _member(one: Member) -> dict[str, str]:
    return {
        "name": one.name,
        "email": one.email,
        "organisation": one.organisation or "–",
        "interests": ", ".join(INTERESTS.get(key, key) for key in one.interests),
        "since": spoken_date(one.confirmed_at.date()),
    }

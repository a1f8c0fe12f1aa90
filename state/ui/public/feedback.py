"""Feedback on screen: one form, its problems, and the reference."""

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.feedback import Feedback
from state.services import feedback
from state.services.feedback import FeedbackRefusedError
from state.ui.access import for_anyone, for_anyone_seldom
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, here


class FeedbackState(rx.State):
    """One person's feedback."""

    loaded: bool = False
    problems: dict[str, str] = {}
    reference: str = ""
    due: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Begin with an empty form."""
        self.problems, self.reference, self.due = {}, "", ""
        self.loaded = True

    @rx.event
    @for_anyone_seldom
    async def send(self, form: dict):
        """Send it, or say all that is wrong with it."""
        if answer(form, "website"):  # people do not see this box; programs fill it in
            return None
        told = Feedback(
            answer(form, "area"),
            answer(form, "rating"),
            answer(form, "text"),
            answer(form, "email"),
        )
        try:
            receipt = await ask(
                feedback.send_feedback, actor=await here(self), feedback=told, now=clock()
            )
        except FeedbackRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        self.problems, self.reference = {}, receipt.reference
        self.due = spoken_date(receipt.answer_due_on) if receipt.answer_due_on else ""
        return rx.set_focus("main")

"""Beginning to look at a company's pages, and stopping: the banner of every page has the button."""

import reflex as rx

from state.services import view_as
from state.services.view_as import ViewAsRefusedError
from state.ui.access import for_staff
from state.ui.forms import answer, problems_of
from state.ui.session import ask, clock, here


class ViewAsState(rx.State):
    """Whose pages, and why."""

    company: str = ""
    problems: dict[str, str] = {}

    @rx.event
    @for_staff
    async def load(self):
        """Begin with the company that the address names."""
        self.problems = {}
        self.company = str(self.router.url.query_parameters.get("company", ""))[:80]

    @rx.event
    @for_staff
    async def begin(self, form: dict):
        """Look from now on."""
        try:
            await ask(
                view_as.begin_look,
                actor=await here(self),
                company=answer(form, "company"),
                reason=answer(form, "reason"),
                now=clock(),
            )
        except ViewAsRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        return rx.redirect("/account")

    @rx.event
    @for_staff
    async def stop(self):
        """Look no more."""
        await ask(view_as.stop_looking, actor=await here(self), now=clock())
        return rx.redirect("/staff/view-as")

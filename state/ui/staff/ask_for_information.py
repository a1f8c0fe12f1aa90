"""Asking a company for information, on the staff's screen."""

import reflex as rx

from state.domain.information_requests import (
    WantedInformation,
    request_templates,
    usual_due_date,
)
from state.services import information_requests
from state.services.information_requests import InformationRefusedError
from state.ui.access import for_staff
from state.ui.drafts import draft_here, filled, forget_draft_here, kept_words
from state.ui.forms import answer, date_answer, problems_of
from state.ui.session import ask, clock, here
from state.ui.staff.queues import QueuesState


class AskForInformationState(rx.State):
    """The company that the address names, and the form."""

    loaded: bool = False
    name: str = ""
    templates: list[dict[str, str]] = []
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    kept: str = ""
    drawn: int = 0
    form_key: str = ""

    _company: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read whom it is for, and what was typed and not sent."""
        self._company = str(self.router.url.query_parameters.get("company", ""))[:40]
        self.problems, self.name = {}, ""
        self.form_key = f"ask-information-{self._company.lower()}"
        self.templates = [
            {"key": one.key, "title": one.title, "kind": one.kind.value.capitalize()}
            for one in request_templates()
        ]
        actor = await here(self)
        try:
            self.name = await ask(
                information_requests.company_to_ask, actor=actor, public_id=self._company
            )
        except InformationRefusedError as refused:
            self.problems = problems_of(refused)
        await _begin(self)
        self.loaded = True

    @rx.event
    @for_staff
    async def begin_from(self, key: str):
        """Fill the form from a template; it can be changed before it is sent."""
        found = next((one for one in request_templates() if one.key == key), None)
        if found is not None:
            self.values |= {"kind": found.kind.value, "title": found.title, "text": found.text}
            self.problems, self.kept = {}, ""
            self.drawn += 1

    @rx.event
    @for_staff
    async def start_again(self):
        """Throw away what was kept of the form."""
        await forget_draft_here(self, self.form_key)
        self.problems = {}
        await _begin(self)

    @rx.event
    @for_staff
    async def send(self, form: dict):
        """Ask the company, or say all that is wrong."""
        try:
            reference = await ask(
                information_requests.ask_for_information,
                actor=await here(self),
                public_id=self._company,
                wanted=WantedInformation(
                    kind=answer(form, "kind"),
                    title=answer(form, "title"),
                    text=answer(form, "text"),
                    due_on=date_answer(form, "due_on"),
                ),
                now=clock(),
            )
        except InformationRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        await forget_draft_here(self, self.form_key)
        screen = await self.get_state(QueuesState)
        screen.done = f"{reference} is sent. {self.name} is told."
        return rx.redirect("/staff")


async def _begin(screen: AskForInformationState) -> None:
    due_on = usual_due_date(clock().date())
    blank = {
        "kind": "",
        "title": "",
        "text": "",
        "due_on_day": str(due_on.day),
        "due_on_month": str(due_on.month),
        "due_on_year": str(due_on.year),
    }
    typed = await draft_here(screen, screen.form_key)
    screen.values = filled(blank, typed)
    screen.kept = kept_words(typed)
    screen.drawn += 1

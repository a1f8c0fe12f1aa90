"""About the service on screen: what is told of it stands on the page; its figures are read here."""

import reflex as rx

from state.domain.service_figures import ServiceFigures
from state.services import service_figures
from state.ui.access import for_anyone
from state.ui.need_help import NeedHelpState
from state.ui.session import ask, clock, here


class AboutState(rx.State):
    """The figures, each in words."""

    loaded: bool = False
    parties: str = ""
    active_people: str = ""
    answered: str = ""
    active_days: int = 30
    least: int = 5

    @rx.event
    @for_anyone
    async def load(self):
        """Read the figures of now."""
        found = await ask(service_figures.service_figures, actor=await here(self), now=clock())
        _show(self, found)
        return NeedHelpState.look


def _show(screen: AboutState, found: ServiceFigures) -> None:
    few = f"Fewer than {found.least}"
    days = found.median_working_days_to_answer
    screen.parties = few if found.parties is None else f"{found.parties:,}"
    screen.active_people = few if found.active_people is None else f"{found.active_people:,}"
    screen.answered = "Too few to tell" if days is None else f"{days:g}"
    screen.active_days, screen.least = found.active_days, found.least
    screen.loaded = True

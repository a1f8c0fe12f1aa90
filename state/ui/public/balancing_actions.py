"""Balancing actions of a day on screen: the day that the address asks for."""

from datetime import date, timedelta
from urllib.parse import urlencode

import reflex as rx

from state.domain.dates import spoken_date
from state.services import datasets
from state.services.price_stack import ACTION_STACK
from state.ui.access import for_anyone
from state.ui.session import ask, here

PATH = "/insights/balancing-actions"


class BalancingActionsState(rx.State):
    """Where the page looks; what it shows it reads itself."""

    src: str = ""
    day: str = ""
    words: str = ""
    previous: str = ""
    following: str = ""
    loaded: bool = False

    @rx.event
    @for_anyone
    async def load(self):
        """Read the address."""
        held = await ask(datasets.dataset_days, actor=await here(self), name=ACTION_STACK)
        self.loaded, self.src = True, ""
        if held is None:
            return
        day = _day(self.router.url.query_parameters.get("date", ""), held[1])
        self.day, self.words = str(day), f"{day:%a} {spoken_date(day)}"
        self.previous = _href(day - timedelta(days=1)) if day > held[0] else ""
        self.following = _href(day + timedelta(days=1)) if day < held[1] else ""
        self.src = f"/api/v1/insights/balancing-actions/{day}"

    @rx.event
    @for_anyone
    async def go_to(self, day: str):
        """Show another day."""
        return rx.redirect(f"{PATH}?{urlencode({'date': str(day)[:10]})}")


def _href(day: date) -> str:
    return f"{PATH}?date={day}"


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return otherwise

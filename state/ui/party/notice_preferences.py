"""Which mail to have, on screen."""

import reflex as rx

from state.services import notices
from state.ui.access import for_people
from state.ui.forms import ticked
from state.ui.session import ask, clock, here


class NoticePreferencesState(rx.State):
    """The topics: those one may mute, and those that always come."""

    loaded: bool = False
    to_choose: list[dict[str, str]] = []
    always: list[dict[str, str]] = []
    version: int = 0
    done: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read what was chosen."""
        self.done = ""
        await _read(self)

    @rx.event
    @for_people
    async def save(self, form: dict):
        """Choose anew."""
        await ask(
            notices.choose_mail,
            actor=await here(self),
            topics=ticked(form, "topics"),
            now=clock(),
        )
        await _read(self)
        self.done = "Your choice is saved."


async def _read(screen: NoticePreferencesState) -> None:
    choices = await ask(notices.mail_choices, actor=await here(screen))
    shown = [
        {
            "topic": choice.topic,
            "name": choice.name,
            "hint": choice.hint,
            "by_mail": "yes" if choice.by_mail else "",
            "why": choice.always_because,
        }
        for choice in choices
    ]
    screen.to_choose = [choice for choice in shown if not choice["why"]]
    screen.always = [choice for choice in shown if choice["why"]]
    screen.version += 1
    screen.loaded = True

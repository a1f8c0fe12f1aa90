"""The bell of the top bar: how many notices are unread, looked up when a page is opened."""

import reflex as rx

from state.services import notices
from state.ui.access import for_anyone
from state.ui.session import ask, here


class BellState(rx.State):
    """What the bell shows of whoever is signed in; of nobody else anything."""

    unread: int = 0

    @rx.event
    @for_anyone
    async def look(self):
        """Count again."""
        actor = await here(self)
        signed_in = actor.person_id is not None
        self.unread = await ask(notices.unread_count, actor=actor) if signed_in else 0

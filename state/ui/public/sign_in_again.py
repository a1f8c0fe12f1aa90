"""The page that asks for a fresh sign-in: why, for which page, and back to it."""

import reflex as rx

from state.domain.next_page import leading_to, safe_next
from state.domain.session_limits import fresh_for
from state.services import sign_in
from state.services.sessions import WAYS_IN
from state.ui.access import for_anyone
from state.ui.session import ask, clock, here


class SignInAgainState(rx.State):
    """What the page shows."""

    name: str = ""
    subject: str = ""
    provider: bool = False
    provider_link: str = "/auth/again"
    next_page: str = ""
    for_page: str = ""
    minutes: int = 0

    @rx.event
    @for_anyone
    async def load(self):
        """See who is to sign in again, and for what; whoever is signed out signs in at all."""
        actor = await here(self)
        self.next_page = safe_next(self.router.url.query_parameters.get("next"))
        if actor.person_id is None:
            return rx.redirect(leading_to("/sign-in", self.next_page))
        self.for_page = self.next_page.split("?", maxsplit=1)[0].rstrip("/")
        self.provider, self.name = WAYS_IN.provider, actor.name
        self.provider_link = leading_to("/auth/again", self.next_page)
        self.subject = await ask(sign_in.own_subject, actor=actor)
        self.minutes = int(fresh_for(clock().date()).total_seconds()) // 60
        return None

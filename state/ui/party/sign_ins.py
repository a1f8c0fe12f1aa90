"""A person's own sign-ins on screen."""

import reflex as rx

from state.domain.dates import spoken_moment
from state.services import sign_ins
from state.services.sign_ins import SignIn
from state.ui.access import for_people
from state.ui.session import ask, clock, here


class SignInsState(rx.State):
    """Where this person is signed in."""

    loaded: bool = False
    sign_ins: list[dict[str, str]] = []
    said: str = ""

    @rx.event
    @for_people
    async def load(self):
        """List them."""
        found = await ask(sign_ins.open_sign_ins, actor=await here(self), now=clock())
        self.sign_ins = [_shown(one) for one in found]
        self.said, self.loaded = "", True

    @rx.event
    @for_people
    async def end(self, reference: str):
        """Sign out of one of the others."""
        actor, now = await here(self), clock()
        await ask(sign_ins.end_sign_in, actor=actor, reference=str(reference)[:12], now=now)
        found = await ask(sign_ins.open_sign_ins, actor=actor, now=now)
        self.sign_ins = [_shown(one) for one in found]
        self.said = "That browser is signed out."

    @rx.event
    @for_people
    async def end_all(self):
        """Sign out everywhere, here too."""
        await ask(sign_ins.end_every_sign_in, actor=await here(self), now=clock())
        return rx.redirect("/sign-in?why=everywhere")


def _shown(one: SignIn) -> dict[str, str]:
    return {
        "reference": one.reference,
        "browser": one.browser,
        "began": spoken_moment(one.began_at),
        "seen": spoken_moment(one.seen_at),
        "this": "yes" if one.is_this else "",
    }

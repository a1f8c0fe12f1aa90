"""The page of an identity check: what it is, the way to the provider, and what came of it."""

import reflex as rx

from state.domain.dates import spoken_moment
from state.domain.identity_check import IdentityStatus
from state.services import own_identity
from state.services.own_identity import IdentityToProve
from state.ui.access import for_anyone
from state.ui.session import ask, clock, here

_LONGEST_ID = 40
_WHY = {
    "unknown": "This link no longer works: it was used, or sent anew. Look for the newest mail.",
    "often": "Too many attempts. Try again in an hour.",
    "by-hand": "We check identities by hand for now. We will write to you.",
}
_ENDED = {
    IdentityStatus.VERIFIED: (
        "Your identity is verified",
        "Thank you. We keep that you were verified and how surely, and no document.",
    ),
    IdentityStatus.FAILED: (
        "We could not verify your identity",
        "Our staff will look at it and write to you. You need do nothing now.",
    ),
    IdentityStatus.REFUSED: ("We could not verify your identity", "Our staff wrote to you."),
    IdentityStatus.EXPIRED: ("This check has expired", "Ask us to send you another link."),
}


class IdentityCheckState(rx.State):
    """One check, without its secret: that stays in a cookie which only the doors see."""

    loaded: bool = False
    shown: dict[str, str] = {}
    why: str = ""
    provider: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Read the one that the address names."""
        asked = self.router.url.query_parameters
        found = await ask(
            own_identity.identity_to_prove,
            actor=await here(self),
            public_id=str(asked.get("check", ""))[:_LONGEST_ID],
            now=clock(),
        )
        self.shown = _shown(found) if found else {}
        self.why = _WHY.get(str(asked.get("why", "")), "" if found else _WHY["unknown"])
        self.provider = own_identity.IDENTITY_PROVIDER.name
        self.loaded = True


def _shown(found: IdentityToProve) -> dict[str, str]:
    title, words = _ENDED.get(found.status, ("", ""))
    return {
        "title": title,
        "words": words,
        "tone": "good" if found.status is IdentityStatus.VERIFIED else "warn",
        "expires": spoken_moment(found.expires_at),
        "tries_left": str(found.tries_left),
        "was_tried": "yes" if found.was_tried else "",
    }

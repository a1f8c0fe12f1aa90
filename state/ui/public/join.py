"""The page of an invitation: who invites to what, and the way on."""

import reflex as rx

from state.domain.dates import spoken_date, spoken_moment
from state.domain.invitations import OPEN
from state.services import opened_invitations
from state.services.opened_invitations import InvitationWords
from state.services.sessions import WAYS_IN
from state.ui.access import for_anyone, for_anyone_seldom
from state.ui.forms import answer
from state.ui.session import ask, clock, here

_WHY = {
    "unknown": "This link is of no invitation, or a newer mail has replaced it. Look for the "
    "newest mail, or ask for another below.",
    "another": "You signed in with an account of another address. Sign in with the account of the "
    "address below, or ask your colleague to invite the address that you use.",
    "unverified": "Your identity provider has not confirmed that the address is yours. Confirm it "
    "there, then open the link again.",
    "revoked": "This invitation has been withdrawn. Ask your colleague.",
}
_STATUS = {
    "expired": "Your invitation has expired",
    "accepted": "This invitation has been used",
    "revoked": "This invitation has been withdrawn",
    "bounced": "This invitation could not be delivered",
}
_ASKED = "If there is an invitation for that address, a new link is on its way to it."


class JoinState(rx.State):
    """One invitation, without its secret: that stays in a cookie which only the doors see."""

    loaded: bool = False
    invitation: dict[str, str] = {}
    why: str = ""
    provider: bool = False
    development: bool = False
    asked: str = ""

    _public_id: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Read the one that the address names."""
        asked = self.router.url.query_parameters
        self._public_id = str(asked.get("invitation", ""))[:40]
        self.why, self.asked = _WHY.get(str(asked.get("why", "")), ""), ""
        found = await ask(
            opened_invitations.invitation_words,
            actor=await here(self),
            public_id=self._public_id,
            now=clock(),
        )
        self.invitation = _shown(found) if found else {}
        self.provider, self.development = WAYS_IN.provider, WAYS_IN.development
        self.loaded = True

    @rx.event
    @for_anyone_seldom
    async def ask_again_here(self):
        """Have a new link mailed to the address of this invitation."""
        await ask(
            opened_invitations.ask_again_here,
            actor=await here(self),
            public_id=self._public_id,
            now=clock(),
        )
        self.asked = _ASKED

    @rx.event
    @for_anyone_seldom
    async def ask_again(self, form: dict):
        """The same for whatever is open to an address; the answer is always the same."""
        await ask(
            opened_invitations.ask_again,
            actor=await here(self),
            email=answer(form, "email")[:80],
            now=clock(),
        )
        self.asked = _ASKED


def _shown(found: InvitationWords) -> dict[str, str]:
    return {
        "company": found.company,
        "invited_by": found.invited_by,
        "offered": found.offered,
        "to": found.to,
        "is_open": "yes" if found.status in OPEN else "",
        "status": _STATUS.get(found.status, ""),
        "can_ask": "yes" if found.status in {"expired", "bounced"} else "",
        "expires": spoken_moment(found.expires_at),
        "access_until": spoken_date(found.access_until) if found.access_until else "No end is set",
    }

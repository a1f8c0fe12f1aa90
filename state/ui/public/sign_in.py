"""The sign-in page: which ways in are open, and who of the demo market can be chosen."""

import reflex as rx

from state.domain.next_page import leading_to, safe_next
from state.services import sign_in
from state.services.sessions import WAYS_IN
from state.services.sign_in import PersonToChoose
from state.ui.access import for_anyone
from state.ui.session import ask, here

_WHY = {
    "refused": "We could not sign you in. Try again; if it happens again, tell your administrator.",
    "unknown": "You are signed in with your provider, but nobody here is known by that account. "
    "Ask a Category A colleague to invite you.",
    "unavailable": "The identity provider cannot be reached just now. Try again in a few minutes.",
    "factor": "Your provider signed you in without a second factor. Set one up there (a security "
    "key, an app or a code), then sign in again.",
    "staff_factor": "Your provider signed you in without a security key or passkey, which staff "
    "need. Set one up there, then sign in again.",
    "another": "You signed in again as somebody else, or your session had ended. Sign in to go on.",
    "timed_out": "For your security you were signed out after a time without use. Sign in to go on "
    "where you were.",
    "signed_out": "You are signed out, here and at your provider.",
    "everywhere": "You are signed out everywhere.",
    "often": "Too many sign-ins from your address. Try again in an hour.",
}

_NO_FAULTS = {"timed_out", "signed_out", "everywhere"}


class SignInState(rx.State):
    """What the sign-in page shows."""

    why: str = ""
    tone: str = "bad"
    next_page: str = ""
    provider_link: str = "/auth/sign-in"
    provider: bool = False
    company_people: list[dict[str, str]] = []
    staff_people: list[dict[str, str]] = []

    @rx.event
    @for_anyone
    async def load(self):
        """See which ways in are open now."""
        asked = self.router.url.query_parameters
        self.why = _WHY.get(asked.get("why", ""), "")
        self.tone = "info" if asked.get("why") in _NO_FAULTS else "bad"
        self.next_page = safe_next(asked.get("next"))
        self.provider_link = leading_to("/auth/sign-in", self.next_page)
        self.provider = WAYS_IN.provider
        people = await ask(sign_in.people_to_choose, actor=await here(self))
        self.company_people = [_shown(person) for person in people if person.companies]
        self.staff_people = [_shown(person) for person in people if person.staff_roles]


def _shown(person: PersonToChoose) -> dict[str, str]:
    acts = [f"{acts_as} of {name}" for name, acts_as in person.companies]
    acts += [role.replace("_", " ").capitalize() for role in person.staff_roles]
    return {"subject": person.subject, "name": person.name, "acts": " · ".join(acts)}

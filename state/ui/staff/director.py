"""Asking a director on the staff's screen: who is declared, what was asked, what was answered."""

import reflex as rx

from state.domain.dates import spoken_moment
from state.domain.director_declaration import AskedDirector
from state.services import director_declarations
from state.services.director_declarations import HeldDeclaration
from state.ui.access import for_staff
from state.ui.forms import answer
from state.ui.session import ask, clock, here
from state.ui.staff.doing import done

_LONGEST_ID = 40
_TONES = {"passed": "good", "failed": "bad", "manual": "warn"}
_STATUS = {
    "asked": ("Asked", "info"),
    "signed": ("Signed", "good"),
    "refused": ("Did not sign", "bad"),
    "withdrawn": ("Withdrawn", "plain"),
    "expired": ("Expired", "warn"),
}
_CHECKS = {
    "waiting": "We are asking the register",
    "passed": "Verified",
    "failed": "Could not verify",
    "manual": "Could not verify",
}


class DirectorState(rx.State):
    """The invitation that the address names, and the declarations about it."""

    loaded: bool = False
    company: str = ""
    about: dict[str, str] = {}
    may_ask: bool = False
    prepared_it: bool = False
    is_open: bool = False
    declarations: list[dict[str, str]] = []
    problems: dict[str, str] = {}
    said: str = ""
    version: int = 0

    _invitation: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read them."""
        asked = self.router.url.query_parameters
        self.company = str(asked.get("company", ""))[:_LONGEST_ID]
        self._invitation = str(asked.get("invitation", ""))[:_LONGEST_ID]
        self.problems, self.said = {}, ""
        await _read(self)

    @rx.event
    @for_staff
    async def send(self, form: dict):
        """Mail the director the link."""
        asked = AskedDirector(
            answer(form, "director_name"),
            answer(form, "director_email"),
            answer(form, "director_role"),
        )
        return await done(
            self,
            _read,
            director_declarations.ask_director,
            "The link is on its way to the director.",
            company=self.company,
            invitation=self._invitation,
            asked=asked,
        )

    @rx.event
    @for_staff
    async def withdraw(self, public_id: str):
        """Take back what was asked."""
        return await done(
            self,
            _read,
            director_declarations.withdraw_declaration,
            "It is withdrawn: its link opens nothing any more.",
            public_id=str(public_id)[:_LONGEST_ID],
        )


async def _read(screen: DirectorState) -> None:
    found = await ask(
        director_declarations.invitation_to_declare,
        actor=await here(screen),
        company=screen.company,
        invitation=screen._invitation,
        now=clock(),
    )
    screen.about = {
        "company": found.company,
        "number": found.company_number,
        "name": found.name,
        "email": found.email,
        "offered": found.offered,
        "invited_by": found.invited_by,
        "waits": "yes" if found.waits else "",
    }
    screen.may_ask, screen.prepared_it = found.may_ask, found.prepared_it
    screen.is_open = any(one.status == "asked" for one in found.declarations)
    screen.declarations = [_shown(one) for one in found.declarations]
    screen.loaded = True


def _shown(one: HeldDeclaration) -> dict[str, str]:
    return {
        "public_id": one.public_id,
        "director": one.director or "Removed",
        "email": one.email,
        "role": one.role,
        "status": _STATUS[one.status][0],
        "tone": _STATUS[one.status][1],
        "is_open": "yes" if one.status == "asked" else "",
        "asked": f"{spoken_moment(one.asked_at)}, by {one.asked_by}",
        "expires": spoken_moment(one.expires_at),
        "answered": spoken_moment(one.answered_at) if one.answered_at else "",
        "signed_name": one.signed_name,
        "declared": one.declared,
        "digest": one.digest,
        "check": _CHECKS.get(one.check, ""),
        "check_tone": _TONES.get(one.check, "info"),
        "finding": one.finding,
        "source": one.source,
        "by_hand": "yes" if one.check in {"failed", "manual"} else "",
    }

"""The page of a director's declaration: what is declared, the signature, and what came of it."""

import reflex as rx

from state.domain.dates import spoken_moment
from state.domain.director_declaration import Signature
from state.domain.formats.plain_text import tidy
from state.services import signed_declarations
from state.services.director_declarations import DeclarationRefusedError
from state.services.signed_declarations import DeclarationToSign
from state.ui.access import for_anyone, for_anyone_seldom
from state.ui.forms import answer, problems_of, ticked
from state.ui.session import ask, clock, here

_LONGEST_ID = 40
_WHY = {
    "unknown": "This link is of no declaration that waits: it was used, withdrawn or sent anew. "
    "Look for the newest mail, or ask the operator.",
    "wrong": "Nothing was signed. Open the link of the mail again, and sign what it shows.",
    "often": "Too many attempts. Try again in an hour.",
}
_ENDED = {
    "signed": "You have signed",
    "refused": "You did not sign",
    "withdrawn": "This declaration has been withdrawn",
    "expired": "This declaration can no longer be signed",
}


class DeclarationState(rx.State):
    """One declaration, without its secret: that stays in a cookie which only the doors see."""

    loaded: bool = False
    declared: list[str] = []
    shown: dict[str, str] = {}
    signature: dict[str, str] = {}
    problems: dict[str, str] = {}
    why: str = ""

    _public_id: str = ""

    @rx.event
    @for_anyone
    async def load(self):
        """Read the one that the address names."""
        asked = self.router.url.query_parameters
        self._public_id = str(asked.get("declaration", ""))[:_LONGEST_ID]
        self.why = _WHY.get(str(asked.get("why", "")), "")
        self.problems, self.signature = {}, {}
        found = await ask(
            signed_declarations.declaration_to_sign,
            actor=await here(self),
            public_id=self._public_id,
            now=clock(),
        )
        self.declared = list(found.declared) if found else []
        self.shown = _shown(found) if found else {}
        if found is None and not self.why:
            self.why = _WHY["unknown"]
        self.loaded = True

    @rx.event
    @for_anyone_seldom
    async def look_over(self, form: dict):
        """Look the signature over before it is given, and say all that is missing."""
        signature = Signature(
            name=answer(form, "signed_name"),
            born_month=answer(form, "born_month"),
            born_year=answer(form, "born_year"),
            is_confirmed=bool(ticked(form, "confirmed")),
        )
        try:
            await ask(
                signed_declarations.check_signature,
                actor=await here(self),
                public_id=self._public_id,
                signature=signature,
                now=clock(),
            )
        except DeclarationRefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        self.problems = {}
        self.signature = {
            "name": tidy(signature.name),
            "month": signature.born_month,
            "year": signature.born_year,
        }
        return rx.set_focus("sign")

    @rx.event
    @for_anyone
    async def change_it(self):
        """Back to the boxes."""
        self.signature = {}


def _shown(found: DeclarationToSign) -> dict[str, str]:
    return {
        "company": found.company,
        "director": found.director,
        "digest": found.digest,
        "is_open": "yes" if found.status == "asked" else "",
        "is_signed": "yes" if found.status == "signed" else "",
        "ended": _ENDED.get(found.status, ""),
        "expires": spoken_moment(found.expires_at),
        "answered": spoken_moment(found.answered_at) if found.answered_at else "",
    }

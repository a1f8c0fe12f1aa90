"""The company's own audit trail on screen."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from state.domain.audit_search import AuditSearch
from state.domain.dates import spoken_moment
from state.services import audit_trail
from state.services.audit_trail import TrailEntry
from state.ui.access import for_people
from state.ui.forms import answer
from state.ui.session import ask, company_here


class AuditTrailState(rx.State):
    """One page of what happened at the company."""

    loaded: bool = False
    search: str = ""
    box: int = 0
    page: int = 1
    pages: int = 1
    total: int = 0
    entries: list[dict[str, str]] = []
    export: str = ""

    _typed: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read the page that the address names."""
        asked = self.router.url.query_parameters
        self.search = str(asked.get("search", ""))[:80]
        if self.search != self._typed:  # from a link: show it; else leave what is being typed
            self._typed, self.box = self.search, self.box + 1
        number = str(asked.get("page", "1"))
        self.page = int(number) if number.isdecimal() and len(number) < 7 else 1  # noqa: PLR2004
        actor, organisation_id = await company_here(self)
        found = await ask(
            audit_trail.company_trail,
            actor=actor,
            organisation_id=organisation_id,
            wanted=AuditSearch(event=self.search),
            page=self.page,
        )
        self.total = found.total
        self.pages = max(-(-found.total // audit_trail.PAGE_ROWS), 1)
        self.entries = [_entry(one) for one in found.entries]
        self.export = f"/api/v1/account/audit?{urlencode({'event': self.search})}"
        self.loaded = True

    @rx.event
    @for_people
    async def find(self, form: dict):
        """Go to the first page of a search."""
        self._typed = answer(form, "search")[:80]
        return _go(self._typed, 1)

    @rx.event
    @for_people
    async def back(self):
        """Go to the newer page."""
        return _go(self.search, max(self.page - 1, 1))

    @rx.event
    @for_people
    async def onward(self):
        """Go to the older page."""
        return _go(self.search, min(self.page + 1, self.pages))


def _entry(one: TrailEntry) -> dict[str, str]:
    return {
        "at": spoken_moment(one.at),
        "who": one.who,
        "what": one.what,
        "about": one.about,
        "details": one.details,
    }


def _go(search: str, page: int) -> EventSpec:
    return rx.redirect(f"/account/audit?{urlencode({'search': search, 'page': page})}")

"""The company's own audit trail on screen."""

from urllib.parse import urlencode

import reflex as rx

from state.domain.audit_search import AuditSearch
from state.domain.dates import spoken_moment
from state.services import audit_trail
from state.services.audit_trail import TrailEntry
from state.ui.access import for_people
from state.ui.searched_pages import SearchedPages, read_address, show_count
from state.ui.session import ask, company_here


class AuditTrailState(SearchedPages, rx.State):
    """One page of what happened at the company."""

    entries: list[dict[str, str]] = []
    export: str = ""

    _path: str = "/account/audit"

    @rx.event
    @for_people
    async def load(self):
        """Read the page that the address names."""
        read_address(self)
        actor, organisation_id = await company_here(self)
        found = await ask(
            audit_trail.company_trail,
            actor=actor,
            organisation_id=organisation_id,
            wanted=AuditSearch(event=self.search),
            page=self.page,
        )
        self.entries = [_entry(one) for one in found.entries]
        self.export = f"/api/v1/account/audit?{urlencode({'event': self.search})}"
        show_count(self, found.total, audit_trail.PAGE_ROWS)


def _entry(one: TrailEntry) -> dict[str, str]:
    return {
        "at": spoken_moment(one.at),
        "who": one.who,
        "what": one.what,
        "about": one.about,
        "details": one.details,
    }

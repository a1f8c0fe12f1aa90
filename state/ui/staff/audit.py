"""The audit trail on the staff's screen."""

import json
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from state.domain.dates import spoken_moment
from state.services import audit
from state.ui.access import for_staff
from state.ui.forms import answer
from state.ui.session import ask, here


class AuditState(rx.State):
    """One page of the trail, and whether it is whole."""

    loaded: bool = False
    search: str = ""
    box: int = 0
    page: int = 1
    pages: int = 1
    total: int = 0
    entries: list[dict[str, str]] = []
    verdict: str = ""
    whole: bool = True

    _typed: str = ""

    @rx.event
    @for_staff
    async def load(self):
        """Read the page that the address names."""
        asked = self.router.url.query_parameters
        self.search = str(asked.get("search", ""))[:80]
        if self.search != self._typed:  # from a link: show it; else leave what is being typed
            self._typed, self.box = self.search, self.box + 1
        number = str(asked.get("page", "1"))
        self.page = int(number) if number.isdecimal() and len(number) < 7 else 1  # noqa: PLR2004
        found = await ask(
            audit.audit_trail, actor=await here(self), search=self.search, page=self.page
        )
        self.total = found.total
        self.pages = max(-(-found.total // audit.PAGE_ROWS), 1)
        self.entries = [
            {
                "sequence": f"{entry.sequence:,}",
                "at": spoken_moment(entry.at),
                "actor": entry.actor,
                "name": found.names.get(entry.actor, ""),
                "event": entry.event,
                "subject": entry.subject,
                "details": _in_words(entry.details),
            }
            for entry in found.entries
        ]
        self.loaded = True

    @rx.event
    @for_staff
    async def verify(self):
        """Recompute every seal."""
        found = await ask(audit.verify_audit_trail, actor=await here(self))
        self.whole = found.broken_at is None
        self.verdict = (
            f"All {found.entries:,} entries are as they were sealed."
            if self.whole
            else f"Entry {found.broken_at:,}: {found.why}."
        )

    @rx.event
    @for_staff
    async def find(self, form: dict):
        """Go to the first page of a search."""
        self._typed = answer(form, "search")[:80]
        return _go(self._typed, 1)

    @rx.event
    @for_staff
    async def back(self):
        """Go to the newer page."""
        return _go(self.search, max(self.page - 1, 1))

    @rx.event
    @for_staff
    async def onward(self):
        """Go to the older page."""
        return _go(self.search, min(self.page + 1, self.pages))


def _in_words(details: str) -> str:
    """`fields: email, name · rows stored: 36`, from the JSON of an entry."""
    return " · ".join(
        f"{name.replace('_', ' ')}: {_listed(value)}" for name, value in json.loads(details).items()
    )


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _go(search: str, page: int) -> EventSpec:
    return rx.redirect(f"/staff/audit?{urlencode({'search': search, 'page': page})}")

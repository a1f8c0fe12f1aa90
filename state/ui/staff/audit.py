"""The audit trail on the staff's screen."""

from datetime import date
from typing import Final
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from state.domain.audit_search import AuditSearch
from state.domain.audit_words import details_words
from state.domain.dates import is_believable, spoken_moment
from state.services import audit
from state.ui.access import for_staff
from state.ui.forms import answer, date_answer, unreal_date
from state.ui.session import ask, here

_PARTS: Final = ("search", "event", "actor", "company", "since", "until")
"""What a search asks for, each a part of the address."""


class AuditState(rx.State):
    """One page of the trail, and whether it is whole."""

    loaded: bool = False
    search: str = ""
    event: str = ""
    actor: str = ""
    company: str = ""
    since: str = ""
    until: str = ""
    narrowed: bool = False
    export: str = ""
    problems: dict[str, str] = {}
    box: int = 0
    page: int = 1
    pages: int = 1
    total: int = 0
    entries: list[dict[str, str]] = []
    verdict: str = ""
    whole: bool = True

    @rx.event
    @for_staff
    async def load(self):
        """Read the page that the address names."""
        asked = self.router.url.query_parameters
        named = {name: str(asked.get(name, ""))[:80] for name in _PARTS}
        if named != {name: getattr(self, name) for name in _PARTS}:
            self.box += 1  # from a link: show it; else leave what is being typed
        for name, value in named.items():
            setattr(self, name, value)
        self.narrowed = any(value for name, value in named.items() if name != "search")
        self.problems, self.export = {}, f"/api/v1/audit/entries?{_query(named)}"
        number = str(asked.get("page", "1"))
        self.page = int(number) if number.isdecimal() and len(number) < 7 else 1  # noqa: PLR2004
        found = await ask(
            audit.audit_trail, actor=await here(self), page=self.page, narrowed=_narrowed(named)
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
                "details": details_words(entry.details),
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
        days = (("since", "The first day"), ("until", "The last day"))
        wrong = [unreal_date(form, name, thing) for name, thing in days]
        self.problems = {one.field: one.reason for one in wrong if one}
        if self.problems:
            return rx.set_focus("error-summary")
        named = {name: answer(form, name)[:80] for name in _PARTS}
        for name, _ in days:
            day = date_answer(form, name)
            named[name] = day.isoformat() if day else ""
        return _go(named, 1)

    @rx.event
    @for_staff
    async def back(self):
        """Go to the newer page."""
        return _go(_named(self), max(self.page - 1, 1))

    @rx.event
    @for_staff
    async def onward(self):
        """Go to the older page."""
        return _go(_named(self), min(self.page + 1, self.pages))


def _named(screen: AuditState) -> dict[str, str]:
    return {name: str(getattr(screen, name)) for name in _PARTS}


def _narrowed(named: dict[str, str]) -> AuditSearch:
    return AuditSearch(
        anything=named["search"],
        event=named["event"],
        actor=named["actor"],
        company=named["company"],
        since=_day(named["since"]),
        until=_day(named["until"]),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_believable(day) else None


def _query(named: dict[str, str]) -> str:
    """As the file's address wants it: only what is asked for."""
    of_file = {"since": "from", "until": "to"}
    return urlencode(
        {
            of_file.get(name, name): value
            for name, value in named.items()
            if value and (name not in of_file or _day(value))
        }
    )


def _go(named: dict[str, str], page: int) -> EventSpec:
    asked = {name: value for name, value in named.items() if value}
    return rx.redirect(f"/staff/audit?{urlencode({**asked, 'page': page})}")

"""The company's changes on screen."""

from typing import Final

import reflex as rx

from state.domain.change_words import ACTION_WORDS, KIND_WORDS, STATUS_WORDS
from state.domain.changes import OPEN
from state.domain.dates import spoken_date, spoken_moment
from state.services import change_views
from state.services.change_views import ChangeLine
from state.ui.access import for_people
from state.ui.session import ask, company_here

_PATH = "/account/changes"
_TABS: Final = {
    "": "Open",
    "for-me": "Waiting for you",
    "ended": "Ended",
}


class ChangesState(rx.State):
    """The changes of the chosen tab, newest first."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    tabs: list[dict[str, str]] = []

    @rx.event
    @for_people
    async def load(self):
        """Read them."""
        actor, organisation_id = await company_here(self)
        here = str(self.router.url.query_parameters.get("tab", ""))
        here = here if here in _TABS else ""
        found = await ask(change_views.changes_of, actor=actor, organisation_id=organisation_id)
        by_tab = {tab: [line for line in found if _is_in(tab, line)] for tab in _TABS}
        self.tabs = [
            {
                "text": f"{words} {len(by_tab[tab])}",
                "href": f"{_PATH}?tab={tab}" if tab else _PATH,
                "current": "page" if tab == here else "false",
            }
            for tab, words in _TABS.items()
        ]
        self.rows = [_row(line) for line in by_tab[here]]
        self.loaded = True


def _is_in(tab: str, line: ChangeLine) -> bool:
    if tab == "for-me":
        return line.awaits_me
    return (line.status in OPEN) is (tab == "")


def _row(line: ChangeLine) -> dict[str, str]:
    words, tone = STATUS_WORDS[line.status]
    return {
        "public_id": line.public_id,
        "what": f"{ACTION_WORDS[line.action]}: {KIND_WORDS[line.kind].lower()}",
        "title": line.title,
        "status": words,
        "tone": tone,
        "by": "You" if line.is_mine else line.made_by,
        "at": spoken_moment(line.made_at),
        "on": spoken_date(line.effective_on),
    }

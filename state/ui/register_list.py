"""Lists of what is registered, as a page shows them under Active, Future and Ended.

Each page of such a list is a screen of its own; what they share stands here.
"""

from collections.abc import Callable, Sequence
from typing import Final

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.services.registered import Entry, Tab
from state.ui.session import ask, clock, company_here

_WORDS: Final = {Tab.ACTIVE: "Active", Tab.FUTURE: "Future", Tab.ENDED: "Ended"}


class RegisterList(rx.State, mixin=True):
    """The records of the chosen tab, and whether whoever is here may change them."""

    loaded: bool = False
    rows: list[dict[str, str]] = []
    tabs: list[dict[str, str]] = []
    may_change: bool = False


async def look(
    screen: RegisterList,
    service: Callable[..., tuple[Entry, ...]],
    *,
    path: str,
    permission: Permission,
    row: Callable[[Entry, bool], dict[str, str]],
) -> tuple[Entry, ...]:
    """Show what the service finds of the company; `row` is told whether it may be changed.

    Gives all of it, whatever tab is chosen.
    """
    actor, organisation_id = await company_here(screen)
    tab = tab_here(screen)
    found = await ask(service, actor=actor, organisation_id=organisation_id, now=clock())
    screen.may_change = actor.may(permission, organisation_id)
    screen.tabs = tabs_of(found, path, tab)
    screen.rows = [row(entry, screen.may_change) for entry in found if entry.tab is tab]
    screen.loaded = True
    return found


def tab_here(screen: rx.State) -> Tab:
    """The tab that the address chooses; the active ones where it chooses none."""
    named = str(screen.router.url.query_parameters.get("tab", ""))
    return Tab(named) if named in set(Tab) else Tab.ACTIVE


def tabs_of(entries: Sequence[Entry], path: str, here: Tab) -> list[dict[str, str]]:
    """Each tab with how many there are."""
    return [
        {
            "text": f"{words} {sum(entry.tab is tab for entry in entries)}",
            "href": f"{path}?tab={tab.value}",
            "current": "page" if tab is here else "false",
        }
        for tab, words in _WORDS.items()
    ]


def row_of(
    entry: Entry, lines: Sequence[str], form_path: str, *, may_change: bool
) -> dict[str, str]:
    """A record as its card shows it; what has ended or waits for its date is only read."""
    can = may_change and entry.tab is Tab.ACTIVE
    return {
        "title": entry.title,
        "lines": "\n".join(line for line in lines if line),
        "when": when(entry),
        "tag": "Waits for its date" if entry.waits else "",
        "tone": "info",
        "change_href": f"{form_path}?id={entry.public_id}" if can else "",
        "end_href": f"{form_path}?id={entry.public_id}&end=yes" if can else "",
    }


def when(entry: Entry) -> str:
    """From when until when."""
    since = f"From {spoken_date(entry.since)}"
    return f"{since} until {spoken_date(entry.until)}" if entry.until else since

"""Lists of what is registered, as a page shows them under Active, Future and Ended."""

from collections.abc import Sequence
from typing import Final

import reflex as rx

from state.domain.dates import spoken_date
from state.services.registered import Entry, Tab

_WORDS: Final = {Tab.ACTIVE: "Active", Tab.FUTURE: "Future", Tab.ENDED: "Ended"}


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

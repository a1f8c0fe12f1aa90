"""A list that is searched and paged on the server, the search and the page in the address.

Each page of such a list is a screen of its own with its `_path`; what they share stands here.
"""

from typing import Final
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from state.ui.access import for_people
from state.ui.forms import answer

_LONGEST_SEARCH: Final = 80
_LONGEST_NUMBER: Final = 6


class SearchedPages(rx.State, mixin=True):
    """What was searched for, and which page of how many is shown."""

    loaded: bool = False
    search: str = ""
    page: int = 1
    pages: int = 1
    total: int = 0

    _path: str = ""

    @rx.event
    @for_people
    async def find(self, form: dict):
        """Go to the first page of a search."""
        return _go(self, answer(form, "search")[:_LONGEST_SEARCH], 1)

    @rx.event
    @for_people
    async def back(self):
        """Go to the page before."""
        return _go(self, self.search, max(self.page - 1, 1))

    @rx.event
    @for_people
    async def onward(self):
        """Go to the next page."""
        return _go(self, self.search, min(self.page + 1, self.pages))


def read_address(screen: SearchedPages) -> None:
    """The search and the page that the address names."""
    asked = screen.router.url.query_parameters
    screen.search = str(asked.get("search", ""))[:_LONGEST_SEARCH]
    number = str(asked.get("page", "1"))
    is_number = number.isdecimal() and len(number) <= _LONGEST_NUMBER
    screen.page = int(number) if is_number else 1


def show_count(screen: SearchedPages, total: int, rows_a_page: int) -> None:
    """How many there are, and so how many pages."""
    screen.total, screen.pages = total, max(-(-total // rows_a_page), 1)
    screen.loaded = True


def _go(screen: SearchedPages, search: str, page: int) -> EventSpec:
    return rx.redirect(f"{screen._path}?{urlencode({'search': search, 'page': page})}")

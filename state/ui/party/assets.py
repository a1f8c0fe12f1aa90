"""The list of assets on screen: searched and paged on the server, the page in the address."""

from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from state.domain.dates import spoken_date
from state.services import assets
from state.ui.access import for_people
from state.ui.forms import answer
from state.ui.session import ask, company_here


class AssetsState(rx.State):
    """One page of the company's BM Units."""

    loaded: bool = False
    search: str = ""
    box: int = 0
    page: int = 1
    pages: int = 1
    total: int = 0
    rows: list[dict[str, str]] = []

    _typed: str = ""

    @rx.event
    @for_people
    async def load(self):
        """Read the page that the address names."""
        asked = self.router.url.query_parameters
        self.search = str(asked.get("search", ""))[:40]
        if self.search != self._typed:  # from a link: show it; else leave what is being typed
            self._typed, self.box = self.search, self.box + 1
        number = str(asked.get("page", "1"))
        self.page = int(number) if number.isdecimal() and len(number) < 6 else 1  # noqa: PLR2004
        actor, organisation_id = await company_here(self)
        found = await ask(
            assets.assets_of_company,
            actor=actor,
            organisation_id=organisation_id,
            search=self.search,
            page=self.page,
        )
        self.total = found.total
        self.pages = max(-(-found.total // assets.PAGE_ROWS), 1)
        self.rows = [
            {
                "bm_unit": asset.bm_unit,
                "name": asset.name,
                "fuel_code": asset.fuel_code or "–",
                "gsp_group": asset.gsp_group or "–",
                "capacity_mw": f"{asset.capacity_mw:,.1f}",
                "since": spoken_date(asset.since),
            }
            for asset in found.assets
        ]
        self.loaded = True

    @rx.event
    @for_people
    async def find(self, form: dict):
        """Go to the first page of a search."""
        self._typed = answer(form, "search")[:40]
        return _go(self._typed, 1)

    @rx.event
    @for_people
    async def back(self):
        """Go to the page before."""
        return _go(self.search, max(self.page - 1, 1))

    @rx.event
    @for_people
    async def onward(self):
        """Go to the next page."""
        return _go(self.search, min(self.page + 1, self.pages))


def _go(search: str, page: int) -> EventSpec:
    return rx.redirect(f"/assets?{urlencode({'search': search, 'page': page})}")

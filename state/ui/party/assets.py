"""The list of assets on screen: searched and paged on the server, the page in the address."""

import reflex as rx

from state.domain.dates import spoken_date
from state.services import assets
from state.ui.access import for_people
from state.ui.searched_pages import SearchedPages, read_address, show_count
from state.ui.session import ask, company_here


class AssetsState(SearchedPages, rx.State):
    """One page of the company's BM Units."""

    rows: list[dict[str, str]] = []

    _path: str = "/assets"

    @rx.event
    @for_people
    async def load(self):
        """Read the page that the address names."""
        read_address(self)
        actor, organisation_id = await company_here(self)
        found = await ask(
            assets.assets_of_company,
            actor=actor,
            organisation_id=organisation_id,
            search=self.search,
            page=self.page,
        )
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
        show_count(self, found.total, assets.PAGE_ROWS)

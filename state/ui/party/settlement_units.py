"""The BM Units of a settled day on screen: searched, sorted and paged on the server."""

from typing import Final

import polars as pl
import reflex as rx

from state.domain.settlement_words import figure
from state.services import settlement_units
from state.ui.access import for_people
from state.ui.forms import answer
from state.ui.session import ask, company_here
from state.ui.settled_day import UNIT, UNITS, SettledDayHead, Shown, address, show_day

PAGE_ROWS: Final = 50
_COLUMNS: Final = (
    ("bm_unit", "BM Unit", "text"),
    ("energy_account", "Account", "text"),
    ("metered_volume_mwh", "Metered, MWh", "figure"),
    ("expected_metered_volume_mwh", "Expected, MWh", "figure"),
    ("accepted_offer_volume_mwh", "Offers accepted, MWh", "figure"),
    ("accepted_bid_volume_mwh", "Bids accepted, MWh", "figure"),
    ("bm_unit_cashflow_gbp", "BM Unit cashflow, £", "figure"),
    ("non_delivery_charge_gbp", "Non-delivery charge, £", "figure"),
)
_SORTS: Final = frozenset(column for column, _, _ in _COLUMNS)


class SettlementUnitsState(SettledDayHead, rx.State):
    """One page of the company's BM Units of the day."""

    search: str = ""
    sort: str = ""
    page: int = 1
    pages: int = 1
    total: int = 0
    many: bool = False
    columns: list[dict[str, str]] = []
    rows: list[dict[str, str]] = []

    @rx.event
    @for_people
    async def load(self):
        """Read the units that the address asks for."""
        actor, organisation_id = await company_here(self)
        shown = await show_day(self, actor, organisation_id, UNITS)
        if shown is None:
            return
        found = await ask(
            settlement_units.units_of_day,
            actor=actor,
            organisation_id=organisation_id,
            settlement_date=shown.day.settlement_date,
            run=shown.run.public_id,
        )
        asked = self.router.url.query_parameters
        self.search, self.sort = asked.get("search", "")[:40], _sort_of(asked.get("sort", ""))
        self.many = found.height > PAGE_ROWS // 5
        matching = _sorted(_matching(found, self.search), self.sort)
        self.total = matching.height
        self.pages = max(-(-matching.height // PAGE_ROWS), 1)
        number = asked.get("page", "1")
        self.page = (
            min(int(number), self.pages) if number.isdecimal() and number[:6] == number else 1
        )
        self.page = max(self.page, 1)
        self.rows = [
            _row(shown, row)
            for row in matching.slice((self.page - 1) * PAGE_ROWS, PAGE_ROWS).to_dicts()
        ]
        self.columns = [_column(shown, self.search, self.sort, *one) for one in _COLUMNS]
        self.loaded = True

    @rx.event
    @for_people
    async def find(self, form: dict):
        """Go to the first page of a search."""
        return rx.redirect(_go(self, search=answer(form, "search")[:40]))

    @rx.event
    @for_people
    async def back(self):
        """Go to the page before."""
        return rx.redirect(_go(self, search=self.search, page=max(self.page - 1, 1)))

    @rx.event
    @for_people
    async def onward(self):
        """Go to the next page."""
        return rx.redirect(_go(self, search=self.search, page=min(self.page + 1, self.pages)))


def _go(screen: SettlementUnitsState, *, search: str, page: int = 1) -> str:
    named = {"date": screen.date, "run": screen.run, "search": search, "sort": screen.sort}
    return address(UNITS, **named, page=str(page) if page > 1 else "")


def _sort_of(text: str) -> str:
    return text if text.removeprefix("-") in _SORTS else "bm_unit"


def _matching(found: pl.DataFrame, search: str) -> pl.DataFrame:
    searched = search.strip().upper()
    by_name = pl.col("bm_unit").str.to_uppercase().str.contains(searched, literal=True)
    return found.filter(by_name) if searched else found


def _sorted(found: pl.DataFrame, sort: str) -> pl.DataFrame:
    """By one column; a minus before its name puts the greatest first."""
    column = sort.removeprefix("-")
    order = pl.col(column).cast(pl.String) if column == "energy_account" else pl.col(column)
    return found.sort(order, pl.col("bm_unit"), descending=[sort.startswith("-"), False])


def _column(
    shown: Shown, search: str, sort: str, column: str, text: str, kind: str
) -> dict[str, str]:
    chosen = sort.removeprefix("-") == column
    usual = column if kind == "text" else f"-{column}"
    other = column if sort.startswith("-") else f"-{column}"
    return {
        "text": text,
        "kind": kind,
        "href": address(UNITS, shown, search=search, sort=other if chosen else usual),
        "sorted": ("descending" if sort.startswith("-") else "ascending") if chosen else "none",
    }


def _row(shown: Shown, row: dict) -> dict[str, str]:
    volumes = {name: figure(row[name], 3) for name in row if name.endswith("_mwh")}
    return {
        "bm_unit": row["bm_unit"],
        "href": address(UNIT, shown, unit=row["bm_unit"]),
        "account": row["energy_account"].capitalize(),
        **volumes,
        "cashflow": figure(row["bm_unit_cashflow_gbp"], 2),
        "non_delivery": figure(row["non_delivery_charge_gbp"], 2),
    }

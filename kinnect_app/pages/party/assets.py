"""The company's assets."""

import reflex as rx

from components.loading import once_loaded
from components.notice import empty_state
from components.page_header import page_header
from components.search_form import search_form
from components.table import pager, table
from components.term import term
from kinnect_app.pages.layout import party_page
from state.ui.party.assets import AssetsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        page_header(
            "Assets",
            lead=rx.fragment(
                "The ",
                term(
                    "BM Units",
                    "The smallest units whose energy is metered, balanced and settled by itself.",
                    "BSC Section K3",
                ),
                " that your company leads.",
            ),
        ),
        search_form(
            "Search by id, name, fuel or GSP Group",
            Screen.search,
            on_submit=Screen.find,
        ),
        once_loaded(Screen.loaded, rx.cond(Screen.total > 0, _list(), _none())),
    )


def _list() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            Screen.total,
            rx.cond(Screen.total == 1, " BM Unit", " BM Units"),
            class_name="k-soft k-figures",
        ),
        table(
            "BM Units of the company",
            [
                ("BM Unit", "text"),
                ("Name", "text"),
                ("Fuel", "text"),
                ("GSP Group", "text"),
                ("Capacity, MW", "figure"),
                ("Since", "text"),
            ],
            Screen.rows,
            lambda unit: [
                rx.el.span(unit["bm_unit"], class_name="k-mono"),
                unit["name"],
                unit["fuel_code"],
                rx.el.span(unit["gsp_group"], class_name="k-mono"),
                unit["capacity_mw"],
                unit["since"],
            ],
        ),
        pager(Screen.page, Screen.pages, on_back=Screen.back, on_next=Screen.onward),
    )


def _none() -> rx.Component:
    return empty_state(
        "No BM Unit matches.",
        rx.el.p("Search for part of an id, a name, a fuel or a GSP Group; or clear the search."),
    )

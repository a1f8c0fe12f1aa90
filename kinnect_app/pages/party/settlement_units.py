"""The company's BM Units of a settled day."""

import reflex as rx

from components.notice import empty_state
from components.page_header import section
from components.search_form import search_form
from components.settled_day import day_vars, settled_day_head
from components.sorted_table import sorted_table
from components.table import pager
from kinnect_app.pages.layout import party_page, settled_page
from state.ui.party.settlement_units import SettlementUnitsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        settled_page(Screen.loaded, Screen.missing, settled_day_head(day_vars(Screen)), _units())
    )


def _units() -> rx.Component:
    return section(
        "BM Units",
        rx.cond(
            Screen.many,
            search_form("Search by id", Screen.search, on_submit=Screen.find),
        ),
        rx.cond(
            Screen.total > 0,
            rx.fragment(
                rx.el.p(
                    Screen.total,
                    rx.cond(Screen.total == 1, " BM Unit", " BM Units"),
                    ". Export above zero, demand below. Sums of the day.",
                    class_name="k-soft k-figures",
                ),
                sorted_table(
                    "BM Units of the day",
                    Screen.columns,
                    Screen.rows,
                    lambda unit: [
                        (rx.el.a(unit["bm_unit"], href=unit["href"], class_name="k-mono"), "text"),
                        (unit["account"], "text"),
                        (unit["metered_volume_mwh"], "figure"),
                        (unit["expected_metered_volume_mwh"], "figure"),
                        (unit["accepted_offer_volume_mwh"], "figure"),
                        (unit["accepted_bid_volume_mwh"], "figure"),
                        (unit["cashflow"], "figure"),
                        (unit["non_delivery"], "figure"),
                    ],
                ),
                pager(Screen.page, Screen.pages, on_back=Screen.back, on_next=Screen.onward),
            ),
            rx.cond(
                Screen.search != "",
                empty_state(
                    "No BM Unit of the day matches.",
                    rx.el.p("Search for part of its id, or clear the search."),
                ),
                empty_state("Your company led no BM Unit on this day."),
            ),
        ),
    )

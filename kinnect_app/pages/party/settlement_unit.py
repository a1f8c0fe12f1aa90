"""One BM Unit of a settled day: what it was metered at, and what it was paid."""

import reflex as rx

from components.charts.chart import time_chart
from components.figure import figure, figures
from components.page_header import back_link, section
from components.settled_day import day_vars, direction_words, settled_day_head
from kinnect_app.pages.layout import party_page, settled_page
from state.ui.party.settlement_unit import SettlementUnitState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        settled_page(
            Screen.loaded,
            Screen.missing,
            settled_day_head(day_vars(Screen)),
            rx.el.div(back_link("BM Units of the day", Screen.back), class_name="k-section"),
            rx.el.h2(
                rx.el.span(Screen.unit, class_name="k-mono"),
                rx.el.span(Screen.account, " account", class_name="k-tag"),
                class_name="k-section-title k-inline",
            ),
            figures(
                figure("Metered", Screen.metered, unit="MWh"),
                figure("Expected", Screen.expected, unit="MWh", note="notified and accepted"),
                figure(
                    "BM Unit cashflow",
                    Screen.cashflow,
                    note=direction_words(Screen.cashflow_direction),
                ),
                figure("Non-delivery charge", Screen.non_delivery),
            ),
            section(
                "By Settlement Period",
                time_chart(
                    "unit",
                    src=Screen.src,
                    dataset="",
                    title=Screen.unit + ", " + Screen.title,
                    file_name="bm-unit",
                    source="Source: your company's settlement, " + Screen.run_name + ".",
                ),
            ),
        )
    )

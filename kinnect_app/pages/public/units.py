"""BM Units: the register to search, and one unit's day with its levels, acceptances and outages."""

import reflex as rx

from components.charts.chart import time_chart
from components.notice import empty_state, notice
from components.page_header import back_link, page_header, section
from components.search_form import search_form
from components.summary_list import facts_of
from components.table import table
from components.tell_me_when import tell_me_when
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.units import UnitsState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        rx.cond(
            (Screen.unit != "") & (Screen.problem == ""),
            _unit(),
            _list(),
        )
    )


def _list() -> rx.Component:
    return rx.fragment(
        page_header(
            "BM Units",
            lead="Every unit of the Balancing Mechanism: power stations, suppliers' customers, "
            "cables and batteries. Open one to see what it said it would do, and was asked to.",
        ),
        rx.cond(Screen.problem != "", notice(Screen.problem, tone="warn")),
        search_form(
            "Search by any id, name or company", Screen.search, Screen.box, on_submit=Screen.find
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                rx.el.p(Screen.more, class_name="k-soft k-figures", role="status"),
                rx.cond(Screen.units.length() > 0, _table(), empty_state("No BM Unit is found.")),
            ),
            rx.el.p("One moment …", class_name="k-soft", role="status"),
        ),
    )


def _table() -> rx.Component:
    return table(
        "BM Units",
        [
            ("BM Unit", "text"),
            ("Name", "text"),
            ("Company", "text"),
            ("Fuel", "text"),
            ("Capacity", "figure"),
        ],
        Screen.units,
        lambda one: [
            rx.el.a(
                one["id"], href=f"{routes.UNITS.path}?id=" + one["id"].to(str), class_name="k-mono"
            ),
            one["name"],
            one["company"],
            one["fuel"],
            one["capacity"],
        ],
    )


def _unit() -> rx.Component:
    return rx.fragment(
        back_link("BM Units", routes.UNITS.path),
        page_header(
            rx.cond(Screen.title != "", Screen.title, "BM Unit"),
            over=Screen.unit,
            aside=rx.cond(Screen.alert != "", tell_me_when(Screen.alert)),
        ),
        facts_of(Screen.facts, "name", "value"),
        rx.el.section(
            rx.el.h2("Levels of the day, MW", class_name="k-section-title"),
            rx.el.label(
                rx.el.span("Day ", class_name="k-label"),
                rx.el.input(
                    type="date",
                    value=Screen.day,
                    on_change=Screen.go_to,
                    class_name="k-input k-range-date",
                ),
                class_name="k-range",
            ),
            time_chart(
                "lines",
                src=Screen.src,
                dataset="physical_notifications",
                title="Levels of the day",
                file_name="unit-levels",
                source=rx.cond(
                    SessionState.invented_market,
                    "Source: demo market (invented), and what was ingested here.",
                    "Source: Elexon Insights, PN and MELS.",
                ),
            ),
            class_name="k-section-chart",
        ),
        section(
            "Acceptances of the day",
            rx.cond(
                Screen.acceptances.length() > 0,
                _acceptances(),
                empty_state("The System Operator asked nothing of it on this day."),
            ),
        ),
        section(
            "Outages from this day on",
            rx.cond(
                Screen.outages.length() > 0,
                _outages(),
                empty_state("No outage of it is published for the next two weeks."),
            ),
        ),
        section(
            "What these figures mean",
            rx.el.p(
                "The notification (PN) is the level that the company said the unit would run at; "
                "the export limit (MELS) is the most that it could give. An acceptance is an "
                "instruction of the System Operator to another level. The money is what accepted "
                "offers and bids came to in the settlement of the day (BSC Section T3).",
            ),
        ),
    )


def _acceptances() -> rx.Component:
    return table(
        "Acceptances of the day",
        [
            ("Acceptance", "figure"),
            ("Accepted", "text"),
            ("From and to (UTC)", "text"),
            ("Levels (MW)", "figure"),
            ("Flags", "text"),
        ],
        Screen.acceptances,
        lambda one: [one["number"], one["at"], one["span"], one["levels"], one["flags"]],
    )


def _outages() -> rx.Component:
    return table(
        "Outages from this day on",
        [("What", "text"), ("From and to (UTC)", "text"), ("Available", "figure")],
        Screen.outages,
        lambda one: [one["what"], one["span"], one["left"]],
    )

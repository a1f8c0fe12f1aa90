"""BM Units: the register to search, and one unit's day with its levels, acceptances and outages."""

import reflex as rx

from components.charts.chart import source_words, time_chart
from components.day_bar import DayVars, day_bar
from components.loading import once_loaded
from components.notice import empty_state, notice
from components.page_header import back_link, page_header, section
from components.search_form import search_form
from components.summary_list import facts_of
from components.table import table
from components.tell_me_when import tell_me_when
from components.term import term
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.units import UnitsState as Screen
from state.ui.session import SessionState

on_load = Screen.load

_IS_OF_A_UNIT = rx.State.router.url.query_parameters.contains("id")
"""The address itself: a list that comes back does not give way to the unit that was seen last."""


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        rx.cond(_IS_OF_A_UNIT & (Screen.unit != "") & (Screen.problem == ""), _unit(), _list())
    )


def _list() -> rx.Component:
    return rx.fragment(
        page_header(
            "BM Units",
            lead="Every unit of the Balancing Mechanism: power stations, suppliers' customers, "
            "cables and batteries. Open one to see what it said it would do, and was asked to.",
        ),
        rx.cond(Screen.problem != "", notice(Screen.problem, tone="warn")),
        search_form("Search by any id, name or company", Screen.search, on_submit=Screen.find),
        once_loaded(
            Screen.loaded,
            rx.el.p(Screen.more, class_name="k-soft k-figures", role="status"),
            rx.cond(Screen.units.length() > 0, _table(), empty_state("No BM Unit is found.")),
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
        day_bar(
            DayVars(
                day=Screen.day,
                words=Screen.day_words,
                previous=Screen.previous,
                following=Screen.following,
            ),
            on_date=Screen.go_to,
        ),
        _levels(),
        _actions(),
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
        _about(),
    )


def _levels() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Notified levels and limits, MW", class_name="k-section-title"),
        time_chart(
            "lines",
            src=Screen.src,
            dataset="physical_notifications",
            title="Notified levels and limits",
            file_name="unit-levels",
            source=_source("PN, MELS and MILS"),
        ),
        class_name="k-section-chart k-chart-short",
    )


def _actions() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Volumes and cash, by Settlement Period", class_name="k-section-title"),
        time_chart(
            "lines",
            src=Screen.actions_src,
            dataset="action_stack",
            title="Volumes and cash by period",
            file_name="unit-actions",
            source=_source("ISPSTACK"),
        ),
        class_name="k-section-chart k-chart-short",
    )


def _source(codes: str) -> rx.Var:
    return source_words(SessionState.invented_market, f"Source: Elexon Insights, {codes}.")


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


def _about() -> rx.Component:
    return section(
        "How this is worked out",
        rx.el.p(
            "The ",
            term(
                "physical notification",
                "The level that the company said the unit would run at, minute by minute (PN).",
                "BSC Section Q3.2",
            ),
            " says what was planned; the ",
            term(
                "export limit",
                "The most that the unit could give at the moment (MELS).",
                "Grid Code, BC1.A.1.3",
            ),
            " what was possible. An ",
            term(
                "acceptance",
                "An instruction of the System Operator to run at another level for a while.",
                "BSC Section Q5.1",
            ),
            " moves the unit away from its notification. What it moves by is bought (an accepted "
            "offer) or sold (an accepted bid), at the unit's own price.",
        ),
        rx.el.p(
            "Volumes and cash of each period are sums over the stack of its price, before losses; "
            "cash is positive where the System Operator pays. What was paid on the day is what "
            "accepted offers and bids came to in settlement (BSC Section T3). One crosshair goes "
            "through both charts. ",
            rx.el.a(
                "Every unit's actions of this day",
                href=f"{routes.BALANCING_ACTIONS.path}?date={Screen.day}",
            ),
            ", and ",
            rx.el.a("the data and the API behind this page", href=routes.DATA.path),
            ".",
        ),
    )

"""The market over time: demand, wind, cables, frequency, margins, prices; any two compared."""

import reflex as rx

from components.button import button
from components.charts.chart import charts_ahead, source_words, time_chart
from components.notice import not_taken_in, notice
from components.page_header import page_header, section
from components.range_bar import range_bar, range_vars
from components.segmented import segmented
from components.tell_me_when import tell_me_when
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.series import COMPARE
from state.ui.public.series import SeriesState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        charts_ahead(),
        page_header(
            rx.cond(Screen.title != "", Screen.title, "The market over time"),
            lead=Screen.lead,
            aside=rx.cond(Screen.alert != "", tell_me_when(Screen.alert)),
        ),
        rx.el.div(
            segmented("View", Screen.tabs),
            rx.el.p(
                "More: ",
                rx.el.a("BM Units", href=routes.UNITS.path),
                ", ",
                rx.el.a("balancing actions", href=routes.BALANCING_ACTIONS.path),
                ", ",
                rx.el.a("outages", href=routes.OUTAGES.path),
                ", ",
                rx.el.a("generation by fuel", href=routes.GENERATION.path),
                ".",
            ),
            class_name="k-views",
        ),
        rx.cond(Screen.view == COMPARE, rx.cond(Screen.loaded, _chooser())),
        rx.cond(Screen.problem != "", notice(Screen.problem, tone="warn")),
        rx.cond(
            Screen.src != "",
            _chart(),
            rx.cond(
                Screen.loaded & (Screen.view != COMPARE),
                not_taken_in(
                    "None of these data have been taken in yet.", "kinnect ingest dataset"
                ),
            ),
        ),
        section(
            "How this is worked out",
            rx.foreach(Screen.about, rx.el.p),
            rx.el.p(
                "Long ranges keep the lowest and the highest value of each stretch; nothing is "
                "averaged. ",
                rx.el.a("The data and the API behind this chart", href=routes.DATA.path),
                ".",
            ),
        ),
    )


def _chooser() -> rx.Component:
    return rx.el.form(
        _choice("First series", "first", Screen.first),
        _choice("Second series", "second", Screen.second),
        rx.el.label(
            rx.el.span("The second as it was known at (UTC, optional)", class_name="k-label"),
            rx.el.input(
                type="datetime-local",
                name="as_of",
                default_value=Screen.as_of,
                class_name="k-input",
            ),
        ),
        button("Compare", type="submit"),
        on_submit=Screen.compare,
        class_name="k-compare",
    )


def _choice(label: str, name: str, chosen: rx.Var[str]) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="k-label"),
        rx.el.select(
            rx.el.option("Choose a series", value=""),
            rx.foreach(Screen.choices, lambda one: rx.el.option(one["text"], value=one["value"])),
            name=name,
            default_value=chosen,
            class_name="k-input k-select",
        ),
    )


def _chart() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Chart", class_name="k-hidden"),
        range_bar(
            range_vars(Screen),
            on_date=Screen.go_to,
        ),
        time_chart(
            "lines",
            src=Screen.src,
            dataset=Screen.dataset,
            title=Screen.title,
            file_name="series",
            source=source_words(SessionState.invented_market, "Source: Elexon Insights."),
            hours=Screen.hours,
        ),
        class_name="k-section-chart",
    )

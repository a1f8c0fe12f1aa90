"""Generation by fuel: what runs now, and the stack of any day, week or month."""

import reflex as rx

from components.charts.chart import source_words, time_chart
from components.charts.now import now_strip
from components.notice import not_taken_in, notice, unless_closed
from components.page_header import page_header, section
from components.range_bar import range_bar, range_vars
from components.segmented import segmented
from components.tell_me_when import tell_me_when
from components.term import term
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.alerts import alert_address
from state.ui.public.generation import GenerationState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Generation by fuel",
            lead="What Great Britain's transmission system runs on: power stations by fuel, "
            "import above the line, export and pumping below.",
            aside=tell_me_when(alert_address(series="generation_by_fuel.generation_mw@WIND")),
        ),
        unless_closed(
            Screen.closed,
            now_strip(),
            _chart(),
            _about(),
            empty=Screen.empty,
            otherwise=not_taken_in("No generation has been taken in yet.", "kinnect ingest"),
        ),
    )


def _chart() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Generation by fuel, MW", class_name="k-hidden"),
        rx.cond(Screen.problem != "", notice(Screen.problem, tone="warn")),
        range_bar(
            range_vars(Screen),
            segmented("Resolution", Screen.resolutions),
            on_date=Screen.go_to,
        ),
        time_chart(
            "generation",
            src=Screen.src,
            dataset="generation_by_fuel",
            title="Generation by fuel",
            file_name="generation-by-fuel",
            source=source_words(SessionState.invented_market, "Source: Elexon Insights, FUELINST."),
            finest=Screen.finest,
            hours=Screen.hours,
        ),
        class_name="k-section-chart",
    )


def _about() -> rx.Component:
    return section(
        "How this is worked out",
        rx.el.p(
            "Each value is the power at the start of five minutes, in whole MW. A half-hour is the "
            "mean of the six values that start in its ",
            term(
                "Settlement Period",
                "A half-hour of the Settlement Day. A day has 48 of them, 46 when clocks go "
                "forward and 50 when they go back.",
                "BSC Annex X-1",
            ),
            "; with fewer it has no value, and a gap stays a gap. Solar is not measured by this "
            "feed, and generation within distribution networks is seen only as lower demand.",
        ),
        rx.el.p(
            "Supply is all that is generated, without pumping, plus all that is imported. "
            "The shares in the bar, and that of wind, hydro and nuclear, are shares of supply. "
            "Pumping and exports are what supply gives away again; they are shown below zero.",
        ),
        rx.el.p(
            "A fuel keeps its colour and its place in every chart. Interconnectors are hatched, by "
            "country. ",
            rx.el.a("The data and the API behind this chart", href=routes.DATA.path),
            ".",
        ),
    )

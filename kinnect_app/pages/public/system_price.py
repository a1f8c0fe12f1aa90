"""The system price and the imbalance it paid for; from each price the way to its stack."""

import reflex as rx

from components.charts.chart import source_words, time_chart
from components.charts.now import latest_price
from components.notice import not_taken_in, notice, unless_closed
from components.page_header import page_header, section
from components.range_bar import range_bar, range_vars
from components.tell_me_when import tell_me_when
from components.term import term
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.alerts import alert_address
from state.ui.public.system_price import SYSTEM_PRICE_SERIES
from state.ui.public.system_price import SystemPriceState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "System price",
            lead="What a megawatt-hour of imbalance costs, or earns, in each half-hour, and how "
            "far the system was from balance. Choose a half-hour to see the actions that set it.",
            aside=tell_me_when(alert_address(series=SYSTEM_PRICE_SERIES)),
        ),
        unless_closed(
            Screen.closed,
            latest_price(),
            _chart(),
            _about(),
            empty=Screen.empty,
            otherwise=not_taken_in("No prices have been taken in yet.", "kinnect ingest"),
        ),
    )


def _chart() -> rx.Component:
    return rx.el.section(
        rx.el.h2("System price and net imbalance volume", class_name="k-hidden"),
        rx.cond(Screen.problem != "", notice(Screen.problem, tone="warn")),
        range_bar(
            range_vars(Screen),
            on_date=Screen.go_to,
        ),
        time_chart(
            "prices",
            src=Screen.src,
            dataset="system_prices",
            title="System price and net imbalance volume",
            file_name="system-price",
            source=source_words(SessionState.invented_market, "Source: Elexon Insights, DISEBSP."),
            hours=Screen.hours,
        ),
        class_name="k-section-chart",
    )


def _about() -> rx.Component:
    return section(
        "What these figures mean",
        rx.el.p(
            "The ",
            term(
                "system price",
                "What a party pays for each MWh it was short, or is paid for each MWh it was long. "
                "Since 5 November 2015 both are one price.",
                "BSC Section T4.4",
            ),
            " is the average price of the last, dearest megawatt-hours that the System Operator "
            "took to balance energy. The ",
            term(
                "net imbalance volume",
                "All that the System Operator bought less all that it sold to balance the system "
                "in the period, after tagging. Positive: the system was short.",
                "BSC Section T4.4, Annex T-1",
            ),
            " says which way: positive, the system was ",
            term("short", "Too little energy was contracted; the System Operator had to buy."),
            " and it bought; negative, it was ",
            term("long", "Too much energy was contracted; the System Operator had to sell."),
            " and it sold.",
        ),
        rx.el.p(
            "Long ranges keep the lowest and the highest half-hour of each stretch, so that no "
            "spike disappears; nothing is averaged. ",
            rx.el.a("The data and the API behind this chart", href=routes.DATA.path),
            ".",
        ),
    )

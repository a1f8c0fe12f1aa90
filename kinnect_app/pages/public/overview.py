"""The market now, at a glance: what runs, what it costs, and what is out; kept up to date."""

import reflex as rx

from components.charts.now import market_now
from components.page_header import page_header, section
from components.term import term
from kinnect_app import routes
from kinnect_app.pages.layout import public_page

on_load = None

_MORE = [
    ("Generation by fuel", "The mix of any day, week or month.", routes.GENERATION.path),
    ("System price", "What imbalance cost, each half-hour.", routes.SYSTEM_PRICE.path),
    ("How a price was made", "The stack, step by step.", routes.PRICE_STACK.path),
    ("The market over time", "Demand, wind, cables, frequency.", routes.SERIES.path),
    ("BM Units", "One unit's day, by any of its ids.", routes.UNITS.path),
    ("Balancing actions", "What was taken of each BM Unit.", routes.BALANCING_ACTIONS.path),
    ("Outages", "What is out, or will be.", routes.OUTAGES.path),
    ("Ask in SQL", "Any question of the public data.", routes.QUERY.path),
    ("Data and API", "Every dataset, as a file or a call.", routes.DATA.path),
]


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "The market now",
            lead="Great Britain's electricity at a glance. Each figure renews itself when new data "
            "come in, and leads to the whole story behind it.",
        ),
        market_now(),
        _more(),
        _about(),
    )


def _more() -> rx.Component:
    return section(
        "Look closer",
        rx.el.ul(
            *(
                rx.el.li(rx.el.a(name, href=path), rx.el.span(words, class_name="k-under"))
                for name, words, path in _MORE
            ),
            class_name="k-doors",
        ),
    )


def _about() -> rx.Component:
    return section(
        "How this is worked out",
        rx.el.p(
            "Each figure is the newest that was published, and says of when it is. The ",
            term(
                "system price",
                "What a party pays for each MWh it was short, or is paid for each MWh it was long.",
                "BSC Section T4.4",
            ),
            " and the ",
            term(
                "net imbalance volume",
                "All that the System Operator bought less all that it sold to balance the system "
                "in the period, after tagging. Positive: the system was short.",
                "BSC Section T4.4, Annex T-1",
            ),
            " are of the last Settlement Period that has a price. ",
            term(
                "National demand",
                "What power stations on the transmission system supply to the country (INDO). "
                "Generation within distribution networks is seen only as lower demand.",
                "Grid Code, Operating Code 1",
            ),
            " is the mean of its half-hour.",
        ),
        rx.el.p(
            "The ",
            term(
                "margin",
                "What units said they could give at most, less forecast demand (MELNGC).",
                "Grid Code, Operating Code 2",
            ),
            " is the lowest of the next 24 hours, as forecast. ",
            term(
                "Frequency",
                "How fast the whole system turns. 50 Hz is balance. The shaded band of the little "
                "chart is where it usually stays.",
                "Grid Code, Connection Conditions 6.1",
            ),
            " is one spot value of every fifteen seconds. Supply is all that is generated, without "
            "pumping, plus all that is imported. An outage is counted by what its company's latest "
            "message says is unavailable at this moment.",
        ),
        rx.el.p(
            "A link to this moment shows that moment again, by the latest revisions. ",
            rx.el.a("The data and the API behind this page", href=routes.DATA.path),
            ", and ",
            rx.el.a("how whole and how fresh they are", href=routes.STATUS.path),
            ".",
        ),
    )

"""Home: what Kinnect is, in three solutions, and the market as it is now."""

import reflex as rx

from components.button import link_button
from components.charts.now import hero_market
from kinnect_app import routes
from kinnect_app.pages.layout import public_page

on_load = None

_SOLUTIONS = [
    (
        "Customer",
        "Join, run and leave",
        (
            "Companies enter the market, keep their account, register assets and leave, without "
            "paper. The operator's staff work the other half of each task on the same record."
        ),
        [
            ("About the service", routes.ABOUT.path),
            ("Sign up", routes.START.path),
            ("Who can do what", routes.WHO_CAN_DO_WHAT.path),
        ],
    ),
    (
        "Settlement",
        "From megawatt-hours to pounds",
        (
            "Volumes, contracts and balancing actions become prices and charges, by rules that "
            "change by date. Any figure can be traced, step by step, to what it came from."
        ),
        [("Open a price", routes.SYSTEM_PRICE.path)],
    ),
    (
        "Insights",
        "The market's data, open to anyone",
        (
            "Live charts, whole histories and an open API. Every figure keeps when it was true, "
            "when it was published and when we learnt it."
        ),
        [
            ("The market now", routes.OVERVIEW.path),
            ("Generation by fuel", routes.GENERATION.path),
            ("System price", routes.SYSTEM_PRICE.path),
            ("Data and API", routes.DATA.path),
        ],
    ),
]


def page() -> rx.Component:
    """The whole page."""
    return public_page(_hero(), _solutions(), _proof())


def _hero() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.p("An open platform for an electricity market", class_name="k-over"),
            rx.el.h1("See what runs, what it costs, and why."),
            rx.el.p(
                "Kinnect brings together the people who make, move and buy electricity: one place "
                "to take part, one engine that works out the money, one open window on the market.",
                class_name="k-hero-lead",
            ),
            rx.el.div(
                link_button("See the market now", href=routes.OVERVIEW.path, kind="hero"),
                link_button("Join the market", href=routes.MARKET_ENTRY.path, kind="hero-quiet"),
                class_name="k-actions",
            ),
            class_name="k-hero-words",
        ),
        hero_market(),
        class_name="k-hero",
    )


def _solutions() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Three solutions, one record", class_name="k-section-title"),
        rx.el.div(*(_solution(*one) for one in _SOLUTIONS), class_name="k-cards"),
        class_name="k-section",
    )


def _solution(name: str, promise: str, words: str, links: list[tuple[str, str]]) -> rx.Component:
    return rx.el.article(
        rx.el.p(name, class_name="k-over"),
        rx.el.h3(promise),
        rx.el.p(words),
        rx.el.ul(
            *(rx.el.li(rx.el.a(text, href=href)) for text, href in links), class_name="k-card-links"
        ),
        class_name="k-card",
    )


def _proof() -> rx.Component:
    steps = [
        (
            "A feed",
            "Each row is checked as it comes in; what is refused is listed with its reason.",
        ),
        ("A price", "Balancing actions are ranked and tagged step by step, as the Code says."),
        ("A proof", "Open any half-hour and see the very actions that set its price."),
        ("An account", "A company sees what is held about it, and who changed what."),
    ]
    return rx.el.section(
        rx.el.h2("From a feed to a proof", class_name="k-section-title"),
        rx.el.ol(
            *(rx.el.li(rx.el.strong(name), rx.el.span(words)) for name, words in steps),
            class_name="k-steps",
        ),
        class_name="k-section",
    )

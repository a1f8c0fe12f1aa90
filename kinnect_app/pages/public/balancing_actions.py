"""Balancing actions by BM Unit: what was bought and sold of each on a day, and for how much."""

import reflex as rx

from components.charts.now import actions_of_day
from components.day_bar import DayVars, day_bar
from components.loading import once_loaded
from components.notice import empty_state
from components.page_header import page_header, section
from components.term import term
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.balancing_actions import BalancingActionsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Balancing actions by BM Unit",
            lead="What the System Operator bought and sold to balance the system, unit by unit: "
            "how much, for how much, and how often it set the price.",
        ),
        rx.cond(
            Screen.src != "",
            rx.fragment(
                day_bar(
                    DayVars(
                        day=Screen.day,
                        words=Screen.words,
                        previous=Screen.previous,
                        following=Screen.following,
                    ),
                    on_date=Screen.go_to,
                ),
                actions_of_day(src=Screen.src, day=Screen.day),
            ),
            once_loaded(Screen.loaded, empty_state("No stack of actions is held yet.")),
        ),
        _about(),
    )


def _about() -> rx.Component:
    return section(
        "How this is worked out",
        rx.el.p(
            "The figures are sums over the stacks of the day's prices: every accepted ",
            term(
                "offer",
                "A price at which a unit would give more, or take less.",
                "BSC Section Q4.1",
            ),
            " and ",
            term("bid", "A price at which a unit would give less, or take more.", "Section Q4.1"),
            ", at the volume and the price that it was accepted for. What was bought outside the "
            "Balancing Mechanism has no BM Unit and stands in a line of its own. Flagged volume "
            "has the ",
            term(
                "first-stage flag",
                "An action with it keeps its price only while it is no dearer than the dearest "
                "energy action of its side.",
                "BSC Annex T-1, 8",
            ),
            ": it may have been taken for the network, or for minutes only. Set the price counts "
            "the periods in which one of the unit's actions was among the "
            "last, dearest megawatt-hours.",
        ),
        rx.el.p(
            "The cost is volume times price, before losses: positive where the System Operator "
            "pays. What a unit is paid in the end is worked out by settlement (BSC Section T3). ",
            rx.el.a("How a price was made", href=routes.PRICE_STACK.path),
            ", and ",
            rx.el.a("the data and the API behind this page", href=routes.DATA.path),
            ".",
        ),
    )

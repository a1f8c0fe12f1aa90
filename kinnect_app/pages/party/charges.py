"""Fees and charges: what the company pays for taking part, and where its Trading Charges are."""

import reflex as rx

from components.notice import empty_state
from components.page_header import page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.charges import ChargesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.CHARGES.path,
        page_header(
            "Fees and charges",
            lead=rx.fragment(
                "What your company pays for taking part. Trading Charges, what settlement pays "
                "and takes, are under ",
                rx.el.a("Settlement", href=routes.SETTLEMENT.path),
                ".",
            ),
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(section("Due in " + Screen.month, _due()), section("Every fee", _fees())),
        ),
    )


def _due() -> rx.Component:
    return rx.cond(
        Screen.due.length() > 0,
        rx.fragment(
            table(
                "Due this month",
                [("Fee", "text"), ("Falls due", "text"), ("Amount", "figure"), ("", "text")],
                Screen.due,
                lambda one: [rx.el.strong(one["name"]), one["day"], one["amount"], one["vat"]],
            ),
            rx.el.p(
                "Together ", rx.el.strong(Screen.total), " before VAT.", class_name="k-figures"
            ),
        ),
        empty_state(
            rx.cond(
                Screen.pays_nothing,
                "Your company takes part as a party agent: party agents pay no fees.",
                "Nothing falls due this month.",
            )
        ),
    )


def _fees() -> rx.Component:
    return table(
        "Every fee",
        [
            ("Fee", "text"),
            ("When", "text"),
            ("From", "text"),
            ("Amount", "figure"),
            ("", "text"),
            ("", "text"),
        ],
        Screen.fees,
        lambda one: [
            rx.el.strong(one["name"]),
            one["when"],
            rx.el.span(one["since"], class_name="k-nowrap"),
            one["amount"],
            one["vat"],
            rx.cond(one["tag"] != "", tag(one["tag"], "info")),
        ],
    )

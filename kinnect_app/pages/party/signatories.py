"""Who may sign for the company."""

import reflex as rx

from components.page_header import page_header
from components.register_list import register_list
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.signatories import SignatoriesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.SIGNATORIES.path,
        page_header(
            "Authorised signatories",
            lead=rx.fragment(
                "Who may sign for what. There is always at least one of Category A. ",
                rx.el.a("Who can do what", href=routes.WHO_CAN_DO_WHAT.path),
            ),
        ),
        rx.cond(
            Screen.loaded,
            register_list("Signatories", Screen.rows, Screen.tabs, nothing="No signatory here."),
        ),
    )

"""What else the company is known by."""

import reflex as rx

from components.button import link_button
from components.page_header import page_header
from components.register_list import register_list
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.identifiers import IdentifiersState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.IDENTIFIERS.path,
        page_header(
            "Identifiers",
            lead=rx.el.span(
                "What else the company is known by. Its own ID here is ",
                rx.el.span(SessionState.organisation_public_id, class_name="k-mono"),
                ", whatever others call it.",
            ),
            aside=rx.cond(
                Screen.may_change, link_button("Add an identifier", href=routes.IDENTIFIER.path)
            ),
        ),
        rx.cond(
            Screen.loaded,
            register_list("Identifiers", Screen.rows, Screen.tabs, nothing="No identifier here."),
        ),
    )

"""The company's addresses."""

import reflex as rx

from components.button import link_button
from components.page_header import page_header
from components.register_list import register_list
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.addresses import AddressesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.ADDRESSES.path,
        page_header(
            "Addresses",
            lead="Where the company can be written to, and where papers can be served.",
            aside=rx.cond(
                Screen.may_change, link_button("Add an address", href=routes.ADDRESS.path)
            ),
        ),
        rx.cond(
            Screen.loaded,
            register_list("Addresses", Screen.rows, Screen.tabs, nothing="No address here."),
        ),
    )

"""One change of the company."""

import reflex as rx

from components.change_page import change_page
from components.page_header import back_link
from kinnect_app import routes
from kinnect_app.pages.layout import party_page
from state.ui.party.change import ChangeState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(back_link("Changes", routes.CHANGES.path), change_page(Screen))

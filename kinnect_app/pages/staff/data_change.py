"""One change of published data: proposed by one, approved by another."""

import reflex as rx

from components.change_page import change_page
from components.page_header import back_link
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.data_change import DataChangeState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(back_link("Published data", routes.PUBLISHED_DATA.path), change_page(Screen))

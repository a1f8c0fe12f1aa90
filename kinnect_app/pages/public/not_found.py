"""No page stands at this address."""

import reflex as rx

from components.button import link_button
from components.page_header import page_header
from kinnect_app import routes
from kinnect_app.pages.layout import public_page

on_load = None


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "There is no page here",
            lead="Check the address. If a link of ours brought you here, tell us which.",
        ),
        rx.el.div(
            link_button("Go to the start", href=routes.HOME.path),
            link_button("See the market now", href=routes.GENERATION.path, kind="secondary"),
            class_name="k-actions",
        ),
    )

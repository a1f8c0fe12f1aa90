"""A page that this person may not open, and what to do about it."""

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
            "You cannot open this page",
            lead="It belongs to another company, or needs a right that you do not have there. "
            "A Category A colleague can give you rights; another company's records stay theirs.",
        ),
        rx.el.div(
            link_button("Choose a company", href=routes.CHOOSE_COMPANY.path),
            link_button("Sign in as someone else", href=routes.SIGN_IN.path, kind="secondary"),
            class_name="k-actions",
        ),
    )

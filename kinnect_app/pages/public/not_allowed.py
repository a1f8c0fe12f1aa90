"""A page that this person may not open, and what to do about it."""

import reflex as rx

from components.button import link_button
from components.page_header import page_header
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.session import SessionState

on_load = None


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "You cannot open this page",
            lead="It needs a right that you do not have, or it belongs to another company. At a "
            "company a Category A colleague gives rights; among staff an administrator does.",
        ),
        rx.el.div(
            rx.cond(
                SessionState.is_staff,
                link_button("Back to the queues", href=routes.QUEUES.path),
                link_button("Choose a company", href=routes.CHOOSE_COMPANY.path),
            ),
            link_button("Sign in as someone else", href=routes.SIGN_IN.path, kind="secondary"),
            class_name="k-actions",
        ),
    )

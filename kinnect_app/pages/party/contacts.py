"""The company's contacts."""

import reflex as rx

from components.button import button, link_button
from components.notice import announcement
from components.page_header import page_header
from components.register_list import register_list
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.contacts import ContactsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.CONTACTS.path,
        page_header(
            "Contacts",
            lead="Whom we call and write to. Each is looked at again every two years.",
            aside=rx.cond(
                Screen.may_change, link_button("Add a contact", href=routes.CONTACT.path)
            ),
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                announcement(Screen.said),
                register_list(
                    "Contacts",
                    Screen.rows,
                    Screen.tabs,
                    nothing="No contact here.",
                    first=_does_first,
                ),
            ),
        ),
    )


def _does_first(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.fragment(
        rx.cond(
            row["review_id"] != "",
            button(
                "Still right",
                rx.el.span(" for ", row["title"], class_name="k-hidden"),
                on_click=Screen.still_right(row["review_id"]),
            ),
        ),
        rx.cond(
            row["signs_id"] != "",
            button(
                "Make a signatory",
                rx.el.span(" of ", row["title"], class_name="k-hidden"),
                kind="quiet",
                on_click=Screen.make_signatory(row["signs_id"]),
            ),
        ),
    )

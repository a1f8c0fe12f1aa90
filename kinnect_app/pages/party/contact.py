"""The form of a contact."""

import reflex as rx

from components.page_header import back_link, page_header
from components.record_form import record_form
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, party_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.ui.party.contact import ContactState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        back_link("Contacts", routes.CONTACTS.path),
        page_header(
            rx.cond(
                Screen.is_end,
                "End a contact",
                rx.cond(Screen.is_new, "Add a contact", "Change a contact"),
            ),
            over=Screen.title,
        ),
        record_form(
            Screen,
            list(questions_of(ChangeKind.CONTACT).fields),
            organisation=SessionState.organisation_public_id,
            back=routes.CONTACTS.path,
            when_hint="Leave this empty for today.",
        ),
        help_for("details"),
    )

"""The form of an address."""

import reflex as rx

from components.page_header import back_link, page_header
from components.record_form import record_form
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, party_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.ui.party.address import AddressState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        back_link("Addresses", routes.ADDRESSES.path),
        page_header(
            rx.cond(
                Screen.is_end,
                "End an address",
                rx.cond(Screen.is_new, "Add an address", "Change an address"),
            ),
            over=Screen.title,
        ),
        record_form(
            Screen,
            list(questions_of(ChangeKind.ADDRESS).fields),
            organisation=SessionState.organisation_public_id,
            back=routes.ADDRESSES.path,
            when_hint="Leave this empty for today.",
        ),
        help_for("details"),
    )

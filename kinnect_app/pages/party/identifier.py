"""The form of an identifier."""

import reflex as rx

from components.page_header import back_link, page_header
from components.record_form import record_form
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, party_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.domain.identifiers import SCHEMES
from state.ui.party.identifier import IdentifierState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        back_link("Identifiers", routes.IDENTIFIERS.path),
        page_header(
            rx.cond(
                Screen.is_end,
                "End an identifier",
                rx.cond(Screen.is_new, "Add an identifier", "Change an identifier"),
            ),
            over=Screen.title,
        ),
        record_form(
            Screen,
            list(questions_of(ChangeKind.IDENTIFIER).fields),
            organisation=SessionState.organisation_public_id,
            back=routes.IDENTIFIERS.path,
            when_hint="Leave this empty for today.",
            choosing=("scheme",),
            only_where={name: Screen.values["scheme"] == name for name in SCHEMES},
        ),
        help_for("details"),
    )

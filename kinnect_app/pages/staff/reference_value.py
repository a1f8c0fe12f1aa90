"""The form of a new value of reference data."""

import reflex as rx

from components.page_header import back_link, page_header
from components.record_form import record_form
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.ui.session import SessionState
from state.ui.staff.reference_value import ReferenceValueState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("Reference data", routes.REFERENCE.path),
        page_header(
            "Propose a new value",
            over=Screen.title,
            lead="Nothing changes before its date, and nothing without a second person.",
        ),
        record_form(
            Screen,
            list(questions_of(ChangeKind.REFERENCE).fields),
            organisation=SessionState.organisation_public_id,
            back=routes.REFERENCE.path,
            when_hint="Tomorrow at the earliest. Leave this empty for tomorrow.",
            with_reason=True,
        ),
    )

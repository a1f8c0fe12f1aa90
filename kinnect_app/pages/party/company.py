"""The form of what a company may change of itself."""

import reflex as rx

from components.page_header import back_link, page_header
from components.record_form import record_form
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, party_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.ui.party.company import CompanyState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        back_link("My account", routes.ACCOUNT.path),
        page_header(
            "Change the company's details",
            over=Screen.title,
            lead="The legal name and company number follow the register of companies.",
        ),
        record_form(
            Screen,
            list(questions_of(ChangeKind.COMPANY).fields),
            organisation=SessionState.organisation_public_id,
            back=routes.ACCOUNT.path,
            when_hint="Leave this empty for today.",
            choosing=("vat_status",),
            only_where={"vat_number": Screen.values["vat_status"] == "registered"},
        ),
        help_for("details"),
    )

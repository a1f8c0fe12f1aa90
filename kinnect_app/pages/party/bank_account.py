"""The form of a bank account."""

import reflex as rx

from components.notice import notice
from components.page_header import back_link, page_header
from components.record_form import record_form
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, party_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.ui.party.bank_account import BankAccountState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    british = Screen.values["country"] == "GB"
    abroad = (Screen.values["country"] != "") & ~british
    return party_page(
        back_link("Bank accounts", routes.BANK_ACCOUNTS.path),
        page_header(
            rx.cond(
                Screen.is_end,
                "End a bank account",
                rx.cond(Screen.is_new, "Add a bank account", "Change a bank account"),
            ),
            over=Screen.title,
        ),
        notice(
            "A colleague approves this, we call a number that we hold already, and two Working "
            "Days pass before it counts. Everyone who may approve is told, and can stop it."
        ),
        record_form(
            Screen,
            list(questions_of(ChangeKind.BANK_ACCOUNT).fields),
            organisation=SessionState.organisation_public_id,
            back=routes.BANK_ACCOUNTS.path,
            when_hint="At least three Working Days from today. Leave this empty for the first.",
            with_reason=True,
            choosing=("country",),
            only_where={
                "sort_code": british,
                "account_number": british,
                "roll_number": british,
                "iban": abroad,
                "bic": abroad,
            },
        ),
        help_for("bank"),
    )

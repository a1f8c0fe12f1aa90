"""The form of a bank account on screen."""

import reflex as rx

from state.ui.record_form import RecordForm


class BankAccountState(RecordForm, rx.State):
    """One bank account, for a purpose."""

    _kind: str = "bank_account"

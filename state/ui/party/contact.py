"""The form of a contact on screen."""

import reflex as rx

from state.ui.record_form import RecordForm


class ContactState(RecordForm, rx.State):
    """One contact."""

    _kind: str = "contact"

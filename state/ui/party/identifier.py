"""The form of an identifier on screen."""

import reflex as rx

from state.ui.record_form import RecordForm


class IdentifierState(RecordForm, rx.State):
    """One identifier."""

    _kind: str = "identifier"

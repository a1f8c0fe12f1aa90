"""The form of a new value of reference data on screen."""

import reflex as rx

from state.ui.record_form import RecordForm


class ReferenceValueState(RecordForm, rx.State):
    """A value in force from a date on."""

    _kind: str = "reference"
    _of_operator: bool = True
    _shown_at: str = "/staff/reference-change"

"""The form of the company's details on screen."""

import reflex as rx

from state.ui.record_form import RecordForm


class CompanyState(RecordForm, rx.State):
    """What the company may change of itself."""

    _kind: str = "company"

"""The form of what is published on screen."""

import reflex as rx

from state.ui.record_form import RecordForm


class PublishingSettingState(RecordForm, rx.State):
    """Whether a dataset is open, and asked for, from a date on."""

    _kind: str = "publishing"
    _of_operator: bool = True
    _shown_at: str = "/staff/data-change"

"""The form of an address on screen."""

import reflex as rx

from state.ui.record_form import RecordForm


class AddressState(RecordForm, rx.State):
    """One address."""

    _kind: str = "address"

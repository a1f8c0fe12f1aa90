"""One change of the operator's reference data on screen."""

import reflex as rx

from state.ui.change_screen import ChangeScreen


class ReferenceChangeState(ChangeScreen, rx.State):
    """A change as a member of staff sees it."""

    _of_operator: bool = True
    _is_dated: bool = True

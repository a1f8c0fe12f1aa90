"""One change of published data on screen: a correction, or what is published."""

import reflex as rx

from state.ui.change_screen import ChangeScreen


class DataChangeState(ChangeScreen, rx.State):
    """A change as a member of staff sees it."""

    _of_operator: bool = True

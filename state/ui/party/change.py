"""One change of the company on screen."""

import reflex as rx

from state.ui.change_screen import ChangeScreen


class ChangeState(ChangeScreen, rx.State):
    """A change as whoever is here sees it."""

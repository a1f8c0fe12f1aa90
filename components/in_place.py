"""What opens where the button for it stood."""

import reflex as rx


def in_place(place: str, *content: rx.Component) -> rx.Component:
    """A box that has the focus once it is open; `place` is its id."""
    return rx.el.section(*content, id=place, tab_index=-1, class_name="k-guidance k-in-place")

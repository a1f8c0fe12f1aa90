"""What is shown only when asked for: the button fetches it (`reveal.js`), so no state holds it."""

import reflex as rx

from components.button import button


def reveals(
    *words: rx.Component | rx.Var | str,
    address: str,
    place: str | rx.Var[str],
    kind: str = "quiet",
    is_once: bool = False,
) -> rx.Component:
    """The button: `address` is what it asks for, `place` the id of where the answer is shown."""
    once = {"data-once": ""} if is_once else {}
    shown = {"data-reveal": address, "aria-controls": place, **once}
    return button(*words, kind=kind, custom_attrs=shown)


def revealed(place: str | rx.Var[str]) -> rx.Component:
    """Where it is shown, and is announced."""
    return rx.el.div(id=place, role="status", aria_live="polite")

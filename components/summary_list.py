"""Facts about one thing: a name and a value a line."""

import reflex as rx


def summary_list(*facts: tuple[str, rx.Component | rx.Var | str]) -> rx.Component:
    """A definition list."""
    return rx.el.dl(
        *(rx.el.div(rx.el.dt(name), rx.el.dd(value), class_name="k-fact") for name, value in facts),
        class_name="k-facts",
    )

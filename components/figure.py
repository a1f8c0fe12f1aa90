"""Figures that a page begins with: what it is, how much, and a word beside it."""

import reflex as rx


def figures(*shown: rx.Component) -> rx.Component:
    """A row of figures."""
    return rx.el.dl(*shown, class_name="k-figs")


def figure(
    label: str, value: str | rx.Var, *, unit: str = "", note: str | rx.Var = ""
) -> rx.Component:
    """One of them."""
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(
            rx.el.span(value, class_name="k-fig-value k-figures"),
            rx.el.span(" ", unit, class_name="k-fig-unit") if unit else None,
            rx.el.span(note, class_name="k-fig-note"),
        ),
        class_name="k-fig",
    )

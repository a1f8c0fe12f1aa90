"""Records that stand below each other: what each is, and beside it what one can do with it."""

from collections.abc import Callable

import reflex as rx


def records(
    rows: rx.Var[list[dict[str, str]]],
    row: Callable[[rx.Var[dict[str, str]]], rx.Component],
    nothing: rx.Component,
) -> rx.Component:
    """Each row as a record, or what is said where there is none."""
    return rx.cond(
        rows.length() > 0, rx.el.ul(rx.foreach(rows, row), class_name="k-records"), nothing
    )


def record(*told: rx.Component, does: rx.Component | None) -> rx.Component:
    """One of them: what is told of it, and its buttons."""
    return rx.el.li(rx.el.div(*told), does, class_name="k-record")


def does(*buttons: rx.Component | None) -> rx.Component:
    """The buttons of a record."""
    return rx.el.div(*buttons, class_name="k-record-does")

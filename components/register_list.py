"""What is registered: a card for each record, under Active, Future and Ended."""

from collections.abc import Callable

import reflex as rx

from components.button import link_button
from components.notice import empty_state
from components.records import does, record, records
from components.segmented import segmented
from components.tag import tag

Rows = rx.Var[list[dict[str, str]]]
"""title, lines (kept apart by line breaks), when, tag, tone, change_href, end_href."""


def register_list(
    label: str,
    rows: Rows,
    tabs: rx.Var[list[dict[str, str]]],
    *,
    nothing: str,
    change: str = "Change",
    first: Callable[[rx.Var[dict[str, str]]], rx.Component] | None = None,
) -> rx.Component:
    """The tabs, and the records of the one that the address chooses; `first` is done with each."""
    return rx.fragment(
        segmented(label, tabs),
        records(rows, lambda row: _record(row, change, first), empty_state(nothing)),
    )


def _record(
    row: rx.Var[dict[str, str]],
    change: str,
    first: Callable[[rx.Var[dict[str, str]]], rx.Component] | None,
) -> rx.Component:
    named = rx.el.span(" ", row["title"], class_name="k-hidden")
    return record(
        rx.el.div(
            rx.el.strong(row["title"]),
            rx.cond(row["tag"] != "", tag(row["tag"], row["tone"])),
            class_name="k-inline",
        ),
        rx.el.p(row["lines"], class_name="k-lines"),
        rx.el.p(row["when"], class_name="k-soft k-small"),
        does=does(
            first(row) if first else None,
            rx.cond(
                row["change_href"] != "",
                link_button(change, named, href=row["change_href"], kind="secondary"),
            ),
            rx.cond(
                row["end_href"] != "",
                link_button("End", named, href=row["end_href"], kind="quiet"),
            ),
        ),
    )

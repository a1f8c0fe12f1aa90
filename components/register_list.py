"""What is registered: a card for each record, under Active, Future and Ended."""

from collections.abc import Callable

import reflex as rx

from components.button import link_button
from components.notice import empty_state
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
        rx.cond(
            rows.length() > 0,
            rx.el.ul(
                rx.foreach(rows, lambda row: _record(row, change, first)), class_name="k-records"
            ),
            empty_state(nothing),
        ),
    )


def _record(
    row: rx.Var[dict[str, str]],
    change: str,
    first: Callable[[rx.Var[dict[str, str]]], rx.Component] | None,
) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(row["title"]),
                rx.cond(row["tag"] != "", tag(row["tag"], row["tone"])),
                class_name="k-inline",
            ),
            rx.el.p(row["lines"], class_name="k-lines"),
            rx.el.p(row["when"], class_name="k-soft k-small"),
        ),
        rx.el.div(
            first(row) if first else None,
            rx.cond(
                row["change_href"] != "",
                link_button(
                    change,
                    rx.el.span(" ", row["title"], class_name="k-hidden"),
                    href=row["change_href"],
                    kind="secondary",
                ),
            ),
            rx.cond(
                row["end_href"] != "",
                link_button(
                    "End",
                    rx.el.span(" ", row["title"], class_name="k-hidden"),
                    href=row["end_href"],
                    kind="quiet",
                ),
            ),
            class_name="k-record-does",
        ),
        class_name="k-record",
    )

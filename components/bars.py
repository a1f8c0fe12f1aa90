"""Sizes beside each other: a name, a bar and a figure a line."""

import reflex as rx

from components.tag import tag


def bars(caption: str, rows: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """`rows` are {name, width, value, note, risk}: the width in percent of the longest, or none.

    `risk` says in words what speaks against the line; empty where nothing does.
    """
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="k-hidden"),
            rx.el.tbody(rx.foreach(rows, _row)),
            class_name="k-bars",
        ),
        class_name="k-bars-box",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _row(row: rx.Var) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            row["name"],
            rx.cond(
                row["risk"] != "",
                rx.el.span(tag("Risk", "warn"), " ", row["risk"], class_name="k-bars-risk"),
            ),
            scope="row",
        ),
        rx.el.td(
            rx.cond(
                row["width"] != "",
                rx.el.span(style={"width": row["width"] + "%"}, class_name="k-bars-bar"),
            ),
            class_name="k-bars-space",
            aria_hidden="true",
        ),
        rx.el.td(row["value"], class_name="k-figure"),
        rx.el.td(row["note"], class_name="k-figure k-soft k-small"),
        data_risk=rx.cond(row["risk"] != "", "true", "false"),
    )

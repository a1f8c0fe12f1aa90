"""Rows whose columns are known only on screen: a header with units above, figures to the right."""

import reflex as rx


def answer_table(
    caption: str, columns: rx.Var[list[dict[str, str]]], rows: rx.Var[list[list[str]]]
) -> rx.Component:
    """`columns` are {name, unit, kind: "text" or "figure"}; each row has a text for each."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="k-hidden"),
            rx.el.thead(rx.el.tr(rx.foreach(columns, _header))),
            rx.el.tbody(
                rx.foreach(
                    rows,
                    lambda row: rx.el.tr(
                        rx.foreach(
                            row,
                            lambda cell, place: rx.el.td(
                                cell, class_name="k-" + columns[place]["kind"].to(str)
                            ),
                        )
                    ),
                )
            ),
            class_name="k-table k-answer-table",
        ),
        class_name="k-table-box k-answer",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _header(column: rx.Var) -> rx.Component:
    return rx.el.th(
        column["name"],
        rx.cond(column["unit"] != "", rx.el.span(column["unit"], class_name="k-under")),
        scope="col",
        class_name="k-" + column["kind"].to(str),
    )

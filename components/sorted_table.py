"""A table whose columns are ways to sort it: each header a link, so that the address holds it."""

from collections.abc import Callable

import reflex as rx


def sorted_table(
    caption: str,
    columns: rx.Var[list[dict[str, str]]],
    rows: rx.Var,
    cells: Callable[[rx.Var], list[tuple[rx.Component | rx.Var | str, str]]],
) -> rx.Component:
    """`columns` are {text, kind, href, sorted}; `cells` gives (cell, kind) in their order."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="k-hidden"),
            rx.el.thead(rx.el.tr(rx.foreach(columns, _header))),
            rx.el.tbody(
                rx.foreach(
                    rows,
                    lambda row: rx.el.tr(
                        *(rx.el.td(cell, class_name=f"k-{kind}") for cell, kind in cells(row))
                    ),
                )
            ),
            class_name="k-table k-table-wraps",
        ),
        class_name="k-table-box",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _header(column: rx.Var) -> rx.Component:
    arrow = rx.match(column["sorted"], ("ascending", " ↑"), ("descending", " ↓"), "")
    return rx.el.th(
        rx.el.a(
            column["text"],
            rx.el.span(arrow, aria_hidden="true"),
            href=column["href"],
            class_name="k-sort",
        ),
        scope="col",
        class_name="k-" + column["kind"].to(str),
        custom_attrs={"aria-sort": column["sorted"]},
    )

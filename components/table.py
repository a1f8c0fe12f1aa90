"""A table of records: header above, figures right-aligned with the unit in the header."""

from collections.abc import Callable

import reflex as rx


def table(
    caption: str | rx.Var[str],
    columns: list[tuple[str, str]],
    rows: rx.Var,
    cells: Callable[[rx.Var], list[rx.Component | rx.Var | str]],
) -> rx.Component:
    """`columns` are (header, "text" or "figure"); `cells` gives one row's cells in that order."""
    return table_box(
        caption,
        rx.el.thead(
            rx.el.tr(
                *(rx.el.th(header, scope="col", class_name=f"k-{kind}") for header, kind in columns)
            )
        ),
        rx.el.tbody(
            rx.foreach(
                rows,
                lambda row: rx.el.tr(
                    *(
                        rx.el.td(cell, class_name=f"k-{kind}")
                        for cell, (_, kind) in zip(cells(row), columns, strict=True)
                    )
                ),
            )
        ),
    )


def table_box(caption: str | rx.Var[str], *parts: rx.Component) -> rx.Component:
    """A table of these parts in a box of its own, which scrolls where it is too wide."""
    return rx.el.div(
        rx.el.table(rx.el.caption(caption, class_name="k-hidden"), *parts, class_name="k-table"),
        class_name="k-table-box",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def pager(
    page: rx.Var[int], pages: rx.Var[int], *, on_back: rx.EventHandler, on_next: rx.EventHandler
) -> rx.Component:
    """Older and newer, and where one is."""
    return rx.cond(
        pages > 1,
        rx.el.nav(
            rx.el.button(
                "Previous",
                on_click=on_back,
                disabled=page <= 1,
                type="button",
                class_name="k-button k-button-secondary",
            ),
            rx.el.span("Page ", page, " of ", pages, class_name="k-figures"),
            rx.el.button(
                "Next",
                on_click=on_next,
                disabled=page >= pages,
                type="button",
                class_name="k-button k-button-secondary",
            ),
            aria_label="Pages",
            class_name="k-pager",
        ),
    )

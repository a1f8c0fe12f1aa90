"""A table of records: header above, figures right-aligned with the unit in the header."""

from collections.abc import Callable
from typing import Final

import reflex as rx

_MOST_ON_A_PHONE: Final = 3
"""So many columns stand side by side on a phone; of more, each row is a card there."""


def table(
    caption: str | rx.Var[str],
    columns: list[tuple[str, str]],
    rows: rx.Var,
    cells: Callable[[rx.Var], list[rx.Component | rx.Var | str]],
    *,
    cards: bool = False,
) -> rx.Component:
    """`columns` are (header, "text" or "figure"); `cells` gives one row's cells in that order.

    On a phone each row of a wide table, or of one of long values (`cards`), is a card: the header
    stands before each value. The roles are said, since a browser forgets that what is no longer
    laid out as a table is one.
    """
    on_a_phone = [kind for _, kind in columns if "k-wide-only" not in kind]
    return table_box(
        caption,
        rx.el.thead(
            rx.el.tr(
                *(
                    rx.el.th(header, scope="col", role="columnheader", class_name=f"k-{kind}")
                    for header, kind in columns
                ),
                role="row",
            ),
            role="rowgroup",
        ),
        rx.el.tbody(
            rx.foreach(
                rows,
                lambda row: rx.el.tr(
                    *(
                        _cell(cell, *column)
                        for cell, column in zip(cells(row), columns, strict=True)
                    ),
                    role="row",
                ),
            ),
            role="rowgroup",
        ),
        cards=cards or len(on_a_phone) > _MOST_ON_A_PHONE,
    )


def table_box(
    caption: str | rx.Var[str], *parts: rx.Component, cards: bool = False
) -> rx.Component:
    """A table of these parts in a box of its own, which scrolls where it is too wide."""
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="k-hidden"),
            *parts,
            role="table",
            class_name="k-table k-table-cards" if cards else "k-table",
        ),
        class_name="k-table-box",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def _cell(cell: rx.Component | rx.Var | str, header: str, kind: str) -> rx.Component:
    return rx.el.td(
        rx.el.div(cell),
        role="cell",
        class_name=f"k-{kind}",
        custom_attrs={"data-label": header},
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

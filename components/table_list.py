"""The tables that a query can name, one of them open; what is pressed is written into the query."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventSpec


def table_list(
    tables: rx.Var[list[dict[str, str]]],
    *,
    opened: rx.Var[str],
    table: rx.Var[dict[str, str]],
    columns: rx.Var[list[dict[str, str]]],
    on_open: Callable[[rx.Var], EventSpec],
) -> rx.Component:
    """`tables` are {name, code, title}; the open one is `table` {name, code, description}.

    Its `columns` are {name, label, type, unit}. `assets/query.js` writes what is pressed.
    """
    about = _about(table, columns)
    return rx.el.ul(
        rx.foreach(tables, lambda one: _table(one, opened == one["name"], about, on_open)),
        class_name="k-query-tables",
    )


def _table(
    one: rx.Var, is_open: rx.Var[bool], about: rx.Component, on_open: Callable[[rx.Var], EventSpec]
) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(one["name"], class_name="k-mono"),
            rx.el.span(
                one["title"],
                rx.cond(one["code"] != "", rx.fragment(" · ", one["code"])),
                class_name="k-under",
            ),
            type="button",
            aria_expanded=is_open,
            on_click=on_open(one["name"]),
            class_name="k-query-table",
        ),
        rx.cond(is_open, about),
    )


def _about(table: rx.Var[dict[str, str]], columns: rx.Var[list[dict[str, str]]]) -> rx.Component:
    return rx.el.div(
        rx.el.p(table["description"], class_name="k-small k-soft"),
        rx.el.p(
            "Write ",
            _writes(table["name"]),
            rx.cond(table["code"] != "", rx.fragment(" or ", _writes(table["code"]))),
            class_name="k-small",
        ),
        rx.el.ul(rx.foreach(columns, _column), class_name="k-query-columns"),
    )


def _column(column: rx.Var) -> rx.Component:
    return rx.el.li(
        _writes(column["name"]),
        rx.el.span(
            column["label"],
            " · ",
            column["type"],
            rx.cond(column["unit"] != "", rx.fragment(" · ", column["unit"])),
            class_name="k-under",
        ),
    )


def _writes(name: rx.Var) -> rx.Component:
    """A name that is written into the query where the caret is."""
    return rx.el.button(
        name,
        type="button",
        title="Write it into the query",
        custom_attrs={"data-writes": name},
        class_name="k-writes k-mono",
    )

"""Rows whose values are typed over in place: a box a value, the columns known only on screen."""

import reflex as rx

from components.table import table_box


def value_table(
    caption: str,
    first: str,
    columns: rx.Var[list[dict[str, str]]],
    rows: rx.Var[list[dict[str, str]]],
    boxes: rx.Var[dict[str, list[dict[str, str]]]],
    *,
    problems: rx.Var[dict[str, str]],
) -> rx.Component:
    """`columns` are {name, unit}; `rows` {id, words}; `boxes` by id {name, value, label, kind}.

    Each box answers its name; its kind is "text" or "figure".
    """
    return table_box(
        caption,
        rx.el.thead(
            rx.el.tr(
                rx.el.th(first, scope="col"),
                rx.foreach(columns, _header),
            )
        ),
        rx.el.tbody(
            rx.foreach(
                rows,
                lambda row: rx.el.tr(
                    rx.el.th(row["words"], scope="row", class_name="k-row-name"),
                    rx.foreach(
                        boxes[row["id"].to(str)],
                        lambda box: rx.el.td(_box(box, problems)),
                    ),
                ),
            )
        ),
    )


def _header(column: rx.Var) -> rx.Component:
    return rx.el.th(
        column["name"],
        rx.cond(column["unit"] != "", rx.el.span(column["unit"], class_name="k-under")),
        scope="col",
    )


def _box(box: rx.Var, problems: rx.Var[dict[str, str]]) -> rx.Component:
    name = box["name"].to(str)
    return rx.el.input(
        id=name,
        name=name,
        type="text",
        auto_complete="off",
        default_value=box["value"],
        class_name="k-input k-value-box k-" + box["kind"].to(str),
        custom_attrs={
            "aria-label": box["label"],
            "aria-invalid": rx.cond(problems.contains(name), "true", "false"),
        },
    )

"""A table of who may do what: a mark and a word in each cell, a heading over each group."""

import reflex as rx


def rights_table(
    caption: str, kinds: list[tuple[str, str]], rows: rx.Var[list[dict[str, str]]]
) -> rx.Component:
    """`kinds` are (key, name over the column); a row says `yes`, `again` or nothing for each.

    The column `signatory` names the categories of the row, and says yes where any may.
    """
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="k-hidden"),
            rx.el.thead(
                rx.el.tr(
                    rx.el.th("Activity", scope="col", class_name="k-text"),
                    *(rx.el.th(name, scope="col", class_name="k-text") for _, name in kinds),
                )
            ),
            rx.el.tbody(rx.foreach(rows, lambda row: _row(row, kinds))),
            class_name="k-table k-rights",
        ),
        class_name="k-table-box",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def rights_key() -> rx.Component:
    """What the marks mean."""
    return rx.el.p(
        rx.el.span(_yes(), " may do it"),
        rx.el.span(_again(), " may do it within minutes of signing in, else signs in again"),
        rx.el.span(_no(), " may not"),
        class_name="k-rights-key",
    )


def _row(row: rx.Var[dict[str, str]], kinds: list[tuple[str, str]]) -> rx.Component:
    return rx.cond(
        row["kind"] == "group",
        rx.el.tr(
            rx.el.th(row["words"], scope="colgroup", col_span=len(kinds) + 1),
            class_name="k-rights-group",
        ),
        rx.el.tr(
            rx.el.th(row["words"], scope="row", class_name="k-row-name"),
            *(rx.el.td(_cell(row, key)) for key, _ in kinds),
        ),
    )


def _cell(row: rx.Var[dict[str, str]], key: str) -> rx.Component:
    named = key == "signatory"
    return rx.match(
        row[key],
        ("yes", rx.cond(row["categories"] != "", row["categories"], _yes()) if named else _yes()),
        ("again", rx.el.span(row["categories"], " ", _again()) if named else _again()),
        _no(),
    )


def _yes() -> rx.Component:
    return rx.el.span(
        rx.icon("check", size=16, aria_hidden="true"), "Yes", class_name="k-right k-right-yes"
    )


def _again() -> rx.Component:
    return rx.el.span(
        rx.icon("key-round", size=16, aria_hidden="true"),
        "Fresh sign-in",
        class_name="k-right k-right-again",
    )


def _no() -> rx.Component:
    return rx.el.span(
        rx.el.span("–", aria_hidden="true"),
        rx.el.span("No", class_name="k-hidden"),
        class_name="k-right",
    )

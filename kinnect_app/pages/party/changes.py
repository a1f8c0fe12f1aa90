"""The company's changes."""

import reflex as rx

from components.notice import empty_state
from components.page_header import page_header
from components.segmented import segmented
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.changes import ChangesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.CHANGES.path,
        page_header(
            "Changes", lead="What was prepared, who must still agree, and what has come of it."
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                segmented("Changes", Screen.tabs),
                rx.cond(Screen.rows.length() > 0, _table(), empty_state("No change here.")),
            ),
        ),
    )


def _table() -> rx.Component:
    return table(
        "Changes",
        [
            ("What", "text"),
            ("State", "text"),
            ("By", "text"),
            ("Sent or begun", "text"),
            ("Counts from", "text"),
        ],
        Screen.rows,
        lambda row: [
            rx.el.a(
                row["what"],
                rx.el.span(row["title"], class_name="k-under"),
                href=f"{routes.CHANGE.path}?id=" + row["public_id"].to(str),
            ),
            tag(row["status"], row["tone"]),
            row["by"],
            row["at"],
            row["on"],
        ],
    )

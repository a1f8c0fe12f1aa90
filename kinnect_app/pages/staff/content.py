"""What everyone is told: questions, guidance, what comes next, and teams."""

import reflex as rx

from components.button import link_button
from components.loading import once_loaded
from components.notice import announcement
from components.page_header import page_header
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.domain.public_content import EntryKind
from state.ui.staff.content import ContentState as Screen
from state.ui.staff.content_entry import ContentEntryState

on_load = Screen.load

_ADD = [
    (EntryKind.QUESTION, "Add a question"),
    (EntryKind.GUIDANCE, "Add guidance"),
    (EntryKind.PLAN, "Add a plan"),
    (EntryKind.TEAM, "Add a team"),
]


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "What everyone is told",
            lead="The entries of Help, of What's next and of Need help. Each change is a version "
            "with its date; earlier ones are kept.",
        ),
        announcement(ContentEntryState.said),
        rx.cond(Screen.may_write, _add()),
        once_loaded(
            Screen.loaded,
            _entries(),
            found=Screen.entries.length() > 0,
            nothing="Nothing is told yet.",
        ),
    )


def _add() -> rx.Component:
    return rx.el.div(
        *(
            link_button(
                words, href=f"{routes.CONTENT_ENTRY.path}?kind={kind.value}", kind="secondary"
            )
            for kind, words in _ADD
        ),
        class_name="k-inline k-space-below",
    )


def _entries() -> rx.Component:
    return table(
        "Entries",
        [("Entry", "text"), ("Kind", "text"), ("Status", "text"), ("Written", "text")],
        Screen.entries,
        lambda one: [
            rx.el.a(one["title"], href=f"{routes.CONTENT_ENTRY.path}?id=" + one["id"].to(str)),
            one["kind"],
            rx.el.span(
                tag(one["status"], one["tone"]),
                rx.cond(
                    one["until"] != "",
                    rx.el.span("until ", one["until"], class_name="k-under"),
                ),
            ),
            rx.el.span(one["at"], rx.el.span(one["by"], class_name="k-under")),
        ],
    )

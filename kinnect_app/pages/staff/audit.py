"""The audit trail: who did what, each entry sealed to the one before it."""

import reflex as rx

from components.button import button
from components.notice import empty_state, notice
from components.page_header import page_header
from components.search_form import search_form
from components.table import pager, table
from kinnect_app.pages.layout import staff_page
from state.ui.staff.audit import AuditState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "Audit trail",
            lead="Everything that was changed, by whom. Each entry is sealed to the one before it.",
            aside=button("Verify the trail", kind="secondary", on_click=Screen.verify),
        ),
        rx.el.div(
            rx.cond(
                Screen.verdict != "",
                rx.cond(
                    Screen.whole,
                    notice(Screen.verdict, tone="good"),
                    notice(Screen.verdict, tone="bad"),
                ),
            ),
            role="status",
            aria_live="polite",
        ),
        search_form(
            "Search by event, subject or actor", Screen.search, Screen.box, on_submit=Screen.find
        ),
        rx.cond(
            Screen.total > 0,
            _entries(),
            rx.cond(Screen.loaded, empty_state("No entry matches.")),
        ),
    )


def _entries() -> rx.Component:
    return rx.fragment(
        rx.el.p(Screen.total, " entries, the newest first", class_name="k-soft k-figures"),
        table(
            "Audit entries",
            [
                ("Entry", "figure"),
                ("When", "text"),
                ("Actor", "text"),
                ("Event", "text"),
                ("Subject", "text"),
                ("Details", "text"),
            ],
            Screen.entries,
            lambda entry: [
                entry["sequence"],
                rx.el.span(entry["at"], class_name="k-nowrap"),
                rx.el.span(entry["name"], rx.el.span(entry["actor"], class_name="k-under k-mono")),
                rx.el.span(entry["event"], class_name="k-mono"),
                rx.el.span(entry["subject"], class_name="k-mono"),
                rx.el.span(entry["details"], class_name="k-details k-soft"),
            ],
        ),
        pager(Screen.page, Screen.pages, on_back=Screen.back, on_next=Screen.onward),
    )

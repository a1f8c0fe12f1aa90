"""The audit trail: who did what, each entry sealed to the one before it."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import date_field, field
from components.notice import empty_state, notice
from components.page_header import page_header
from components.table import pager, table
from kinnect_app.pages.layout import staff_page
from kinnect_app.settings import settings
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
        error_summary(Screen.problems),
        _search(),
        rx.cond(
            Screen.total > 0,
            _entries(),
            rx.cond(Screen.loaded, empty_state("No entry matches.")),
        ),
    )


def _search() -> rx.Component:
    """Closed, it is out of the way; with something in it, it stands open."""
    return rx.el.form(
        field(
            "search",
            "Search by event, subject or actor",
            problems=Screen.problems,
            default_value=Screen.search,
            width="20",
        ),
        rx.el.details(
            rx.el.summary("More to search by"),
            field(
                "event",
                "Event",
                hint="For example invitation",
                problems=Screen.problems,
                default_value=Screen.event,
                width="20",
            ),
            field(
                "actor",
                "Who did it",
                hint="A name, an email address, or as the trail writes it: console",
                problems=Screen.problems,
                default_value=Screen.actor,
                width="20",
            ),
            field(
                "company",
                "Company",
                hint="A name or a Party Id",
                problems=Screen.problems,
                default_value=Screen.company,
                width="20",
            ),
            date_field("since", "First day", problems=Screen.problems, value=Screen.since),
            date_field("until", "Last day", problems=Screen.problems, value=Screen.until),
            open=Screen.narrowed,
            class_name="k-details-box",
        ),
        rx.el.div(
            button("Search", type="submit", kind="secondary"),
            _file("Download as CSV", "csv"),
            _file("As Parquet", "parquet"),
            class_name="k-actions",
        ),
        key=Screen.box.to(str),
        on_submit=Screen.find,
        no_validate=True,
        role="search",
        class_name="k-form k-narrow",
    )


def _file(words: str, kind: str) -> rx.Component:
    return rx.el.a(
        words,
        href=rx.Var.create(settings().doors_at) + Screen.export + f"&format={kind}",
        download=True,
        reload_document=True,
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
                ("Event, and of what", "text"),
                ("Details", "text"),
            ],
            Screen.entries,
            lambda entry: [
                entry["sequence"],
                rx.el.span(entry["at"], class_name="k-nowrap"),
                rx.el.span(entry["name"], rx.el.span(entry["actor"], class_name="k-under k-mono")),
                rx.el.span(
                    rx.el.span(entry["event"], class_name="k-mono"),
                    rx.el.span(entry["subject"], class_name="k-under k-mono k-anywhere"),
                ),
                rx.el.span(entry["details"], class_name="k-details k-soft"),
            ],
        ),
        pager(Screen.page, Screen.pages, on_back=Screen.back, on_next=Screen.onward),
    )

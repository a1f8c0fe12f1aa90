"""What happened at the company, and who did it."""

import reflex as rx

from components.loading import once_loaded
from components.page_header import page_header
from components.search_form import search_form
from components.table import pager, table
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from kinnect_app.settings import settings
from state.ui.party.audit_trail import AuditTrailState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.AUDIT_TRAIL.path,
        page_header(
            "Audit trail",
            lead="Everything that was done for your company, by your colleagues and by us. No "
            "entry can be changed or removed.",
            aside=rx.el.a(
                "Download as CSV",
                href=rx.Var.create(settings().doors_at) + Screen.export,
                download=True,
                reload_document=True,
            ),
        ),
        search_form(
            "Search by what happened, for example invitation",
            Screen.search,
            on_submit=Screen.find,
        ),
        once_loaded(Screen.loaded, _entries(), found=Screen.total > 0, nothing="No entry matches."),
    )


def _entries() -> rx.Component:
    return rx.fragment(
        rx.el.p(Screen.total, " entries, the newest first", class_name="k-soft k-figures"),
        table(
            "Audit trail",
            [("When", "text"), ("Who", "text"), ("What", "text"), ("Details", "text")],
            Screen.entries,
            lambda one: [
                rx.el.span(one["at"], class_name="k-nowrap"),
                one["who"],
                rx.el.span(
                    one["what"],
                    rx.cond(one["about"] != "", rx.el.span(one["about"], class_name="k-under")),
                ),
                rx.el.span(one["details"], class_name="k-details k-soft"),
            ],
        ),
        pager(Screen.page, Screen.pages, on_back=Screen.back, on_next=Screen.onward),
    )

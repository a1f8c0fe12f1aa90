"""A copy of all that is held about the company."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.notice import notice
from components.page_header import back_link, page_header, section
from components.table import table
from components.tag import tag
from components.watch import watch
from kinnect_app import routes
from kinnect_app.pages.layout import account_page, help_for
from kinnect_app.settings import settings
from state.ui.party.data_export import DataExportState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.ACCOUNT.path,
        watch(Screen.is_waiting, on_look=Screen.refresh),
        back_link("My account", routes.ACCOUNT.path),
        page_header(
            "A copy of your company's data",
            lead="Everything that we hold about your company, as JSON and as Parquet in one "
            "archive. Only you can fetch what you asked for, and each time is on record.",
        ),
        error_summary(Screen.problems),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                rx.el.div(
                    rx.cond(
                        Screen.is_waiting,
                        notice("Your copy is being made. It appears here; you need not wait."),
                    ),
                    role="status",
                    aria_live="polite",
                ),
                rx.cond(
                    Screen.is_waiting,
                    rx.fragment(),
                    rx.el.div(
                        button("Make me a copy", on_click=Screen.ask_for_one),
                        class_name="k-actions",
                    ),
                ),
                rx.cond(Screen.copies.length() > 0, _copies()),
                rx.cond(Screen.files.length() > 0, _files()),
            ),
        ),
        help_for("privacy"),
    )


def _copies() -> rx.Component:
    return section(
        "Your copies",
        table(
            "Your copies",
            [("Asked for", "text"), ("", "text"), ("Until", "text"), ("", "text")],
            Screen.copies,
            lambda one: [
                one["asked"],
                tag(one["status"], one["tone"]),
                one["until"],
                rx.cond(
                    one["href"] != "",
                    rx.el.a(
                        "Download, ",
                        one["size"],
                        href=settings().doors_at + one["href"].to(str),
                        reload_document=True,
                    ),
                ),
            ],
        ),
    )


def _files() -> rx.Component:
    return section(
        "What is in the newest",
        table(
            "What is in the newest",
            [("File", "text"), ("Rows", "figure")],
            Screen.files,
            lambda one: [rx.el.span(one["name"], class_name="k-mono"), one["rows"]],
        ),
    )

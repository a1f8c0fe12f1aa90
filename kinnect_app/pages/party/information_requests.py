"""What the operator asks the company for."""

import reflex as rx

from components.loading import once_loaded
from components.notice import empty_state
from components.page_header import page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.information_requests import InformationRequestsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.INFORMATION_REQUESTS.path,
        page_header(
            "Requests for information",
            lead="What the operator asks your company for, and what became of your answers.",
        ),
        once_loaded(
            Screen.loaded,
            section(
                "Waiting for your company",
                rx.cond(
                    Screen.waiting.length() > 0,
                    _requests("Waiting for your company", Screen.waiting),
                    empty_state("Nothing waits for your company."),
                ),
            ),
            rx.cond(
                Screen.others.length() > 0,
                section("Answered or over", _requests("Answered or over", Screen.others)),
            ),
        ),
    )


def _requests(caption: str, rows: rx.Var[list[dict[str, str]]]) -> rx.Component:
    return table(
        caption,
        [("What is asked", "text"), ("Answer by", "text")],
        rows,
        lambda one: [
            rx.el.span(
                rx.el.a(
                    one["title"],
                    href=f"{routes.INFORMATION_REQUEST.path}?reference=" + one["reference"].to(str),
                ),
                rx.el.span(one["reference"], " · ", one["kind"], class_name="k-under k-small"),
            ),
            rx.el.div(
                rx.el.span(one["due"], class_name="k-nowrap"),
                tag(one["status"], one["tone"]),
                class_name="k-inline",
            ),
        ],
    )

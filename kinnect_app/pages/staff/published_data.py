"""Published data: what waits for a second person, every dataset, and what was done lately."""

import reflex as rx

from components.button import link_button
from components.notice import empty_state
from components.page_header import page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.published_data import PublishedDataState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "Published data",
            lead="Corrections of rows, and which datasets are published. One proposes, another "
            "approves.",
            aside=rx.cond(
                Screen.may_propose,
                link_button("Correct rows", href=routes.CORRECTION.path, kind="secondary"),
            ),
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                rx.cond(Screen.waiting.length() > 0, _changes("Waiting", Screen.waiting)),
                section("Datasets", _datasets()),
                rx.cond(
                    Screen.done.length() > 0,
                    _changes("Done lately", Screen.done),
                    section("Done lately", empty_state("Nothing was corrected or closed yet.")),
                ),
            ),
            rx.el.p("Reading the datasets …", role="status"),
        ),
    )


def _changes(title: str, rows: rx.Var) -> rx.Component:
    return section(
        title,
        table(
            title,
            [("What", "text"), ("State", "text"), ("By", "text"), ("When", "text")],
            rows,
            lambda one: [
                rx.fragment(
                    rx.el.a(one["title"], href=one["href"]),
                    rx.el.span(one["what"], class_name="k-under"),
                ),
                tag(one["status"], one["tone"]),
                one["by"],
                rx.el.span(one["at"], class_name="k-nowrap"),
            ],
        ),
    )


def _datasets() -> rx.Component:
    return table(
        "Datasets",
        [
            ("Dataset", "text"),
            ("Open or closed", "text"),
            ("Rows", "figure"),
            ("Last day", "text"),
            ("Kept", "text"),
            ("Propose", "text"),
        ],
        Screen.datasets,
        lambda one: [
            rx.fragment(
                rx.el.strong(one["title"]),
                rx.el.span(one["name"], class_name="k-mono k-under"),
            ),
            rx.fragment(
                tag(one["open"], one["tone"]),
                rx.cond(one["feed"] != "", tag(one["feed"], "warn")),
                rx.cond(one["why"] != "", rx.el.span(one["why"], class_name="k-under")),
                rx.cond(one["lag"] != "", rx.el.span(one["lag"], class_name="k-under")),
            ),
            one["rows"],
            rx.el.span(one["last"], class_name="k-nowrap"),
            rx.fragment(
                rx.el.span(one["kept"], class_name="k-nowrap"),
                rx.cond(
                    one["kept_because"] != "",
                    rx.el.span(one["kept_because"], class_name="k-under"),
                ),
                rx.cond(one["removed"] != "", rx.el.span(one["removed"], class_name="k-under")),
            ),
            rx.cond(Screen.may_propose, _proposals(one)),
        ],
    )


def _proposals(one: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.a(
            "Setting",
            rx.el.span(" of ", one["title"], class_name="k-hidden"),
            href=one["setting_href"],
        ),
        rx.cond(
            one["correct_href"] != "",
            rx.el.a(
                "Correction",
                rx.el.span(" of ", one["title"], class_name="k-hidden"),
                href=one["correct_href"],
            ),
        ),
        class_name="k-inline",
    )

"""Every feed: how it does, what it brought, and running it now."""

import reflex as rx

from components.button import button
from components.notice import announcement, empty_state
from components.page_header import page_header, section
from components.segmented import segmented
from components.table import table
from components.tag import tag
from components.watch import watch
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.feeds import FeedsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        watch(Screen.is_waiting, on_look=Screen.look),
        page_header(
            "Feeds",
            lead="The worker asks the public data service for each dataset by its own timetable, "
            "where the operator has set its address (KINNECT_FEED_URL).",
        ),
        announcement(Screen.said),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                rx.el.dl(rx.foreach(Screen.counts, _count), class_name="k-counts"),
                section(
                    "How each does",
                    rx.el.div(
                        segmented("Show", Screen.choices), class_name="k-inline k-space-below"
                    ),
                    _lines(),
                ),
                rx.el.p(
                    "How whole every dataset is: ",
                    rx.el.a("Completeness and status", href=routes.STATUS.path),
                    ".",
                ),
            ),
            rx.el.p("Reading the feeds …", role="status"),
        ),
    )


def _lines() -> rx.Component:
    return rx.cond(
        Screen.rows.length() > 0,
        table(
            "Feeds",
            [
                ("Feed", "text"),
                ("Health", "text"),
                ("Last run", "text"),
                ("Next", "text"),
                ("Stored, last day", "figure"),
                ("Refused, last day", "figure"),
                ("Ask", "text"),
            ],
            Screen.rows,
            _row,
        ),
        empty_state(Screen.empty),
    )


def _row(row: rx.Var) -> list[rx.Component | rx.Var | str]:
    return [
        rx.fragment(
            rx.el.a(row["title"], href=row["href"]),
            rx.el.span(row["code"], class_name="k-mono k-under"),
        ),
        rx.fragment(
            tag(row["health"], row["tone"]),
            rx.cond(row["fault"] != "", rx.el.span(row["fault"], class_name="k-under")),
        ),
        rx.el.span(row["last"], class_name="k-nowrap"),
        rx.fragment(
            rx.el.span(row["next"], class_name="k-nowrap"),
            rx.el.span(row["every"], class_name="k-under k-nowrap"),
        ),
        row["stored"],
        rx.cond(row["has_refused"] != "", tag(row["refused"], "warn"), row["refused"]),
        rx.cond(
            Screen.may_manage & (row["is_off"] == ""),
            button(
                rx.el.span("Run now", class_name="k-nowrap"),
                rx.el.span(" ", row["title"], class_name="k-hidden"),
                kind="quiet",
                on_click=Screen.run_now(row["code"]),
            ),
        ),
    ]


def _count(count: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.dt(count["label"]),
        rx.el.dd(count["value"], class_name="k-figures"),
        class_name="k-count k-count-" + count["tone"].to(str),
        data_none=rx.cond(count["value"] == "0", "true", "false"),
    )

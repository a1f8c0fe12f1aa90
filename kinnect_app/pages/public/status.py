"""Completeness and status: how fresh and how whole every public dataset is."""

import reflex as rx

from components.day_strip import day_strip, day_strip_key
from components.notice import empty_state
from components.page_header import page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.status import StatusState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Completeness and status",
            lead="What is held of every public dataset, when it last grew, and what is missing. "
            "Gaps are shown, never filled.",
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                rx.el.dl(rx.foreach(Screen.counts, _count), class_name="k-counts"),
                section("What is held", _held(), anchor="held"),
                section("Not held yet", _empty(), anchor="not-held"),
            ),
            rx.el.p("Counting rows …", class_name="k-soft", role="status"),
        ),
    )


def _held() -> rx.Component:
    return rx.cond(
        Screen.rows.length() > 0,
        rx.fragment(
            rx.el.p(
                "Each strip shows the 28 days before today. A whole day has a row at each step for "
                "each fuel, zone or unit that was seen in the seven days before.",
                class_name="k-soft",
            ),
            day_strip_key(),
            table(
                "Status of every dataset that is held",
                [
                    ("Dataset", "text"),
                    ("Last 28 days", "text"),
                    ("Days with gaps", "figure"),
                    ("Last row came", "text"),
                    ("Rows", "figure k-wide-only"),
                    ("Days held", "text k-wide-only"),
                ],
                Screen.rows,
                _row,
            ),
            rx.el.p(
                "Columns, units and ways to take them: ",
                rx.el.a("Data and API", href=f"{routes.DATA.path}#what-there-is"),
                ".",
            ),
        ),
        empty_state("No dataset is held yet."),
    )


def _row(row: rx.Var) -> list[rx.Component | rx.Var | str]:
    return [
        rx.fragment(
            rx.el.a(row["title"], href=f"{routes.DATA.path}#what-there-is"),
            rx.el.span(row["code"], class_name="k-mono k-under"),
        ),
        day_strip(row["strip"], row["words"]),
        rx.cond(row["has_gaps"] != "", tag(row["gaps"], "warn"), row["gaps"]),
        rx.fragment(
            rx.el.span(row["age"], " ago ", class_name="k-nowrap"),
            rx.cond(row["late"] != "", tag("Late", "warn")),
            rx.el.span(row["updated"], class_name="k-under k-nowrap"),
            rx.cond(
                row["alert"] != "",
                rx.el.a(
                    "Tell me when late",
                    rx.el.span(": ", row["title"], class_name="k-hidden"),
                    href=row["alert"],
                    class_name="k-small k-nowrap",
                ),
            ),
        ),
        row["rows"],
        rx.el.span(row["days"], class_name="k-nowrap"),
    ]


def _count(count: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.dt(count["label"]),
        rx.el.dd(count["value"], class_name="k-figures"),
        class_name="k-count k-count-" + count["tone"].to(str),
        data_none=rx.cond(count["value"] == "0", "true", "false"),
    )


def _empty() -> rx.Component:
    return rx.cond(
        Screen.empty.length() > 0,
        rx.el.ul(
            rx.foreach(
                Screen.empty,
                lambda one: rx.el.li(
                    one["title"], " ", rx.el.span(one["code"], class_name="k-mono k-soft")
                ),
            ),
            class_name="k-names",
        ),
        rx.el.p("Every dataset is held.", class_name="k-soft"),
    )

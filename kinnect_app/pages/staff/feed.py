"""One feed: how it does, its last runs, and every refused row with what to do about it."""

import reflex as rx

from components.button import button
from components.day_strip import day_strip, day_strip_key
from components.notice import announcement, empty_state
from components.page_header import back_link, page_header, section
from components.summary_list import facts_of
from components.table import table
from components.tag import tag
from components.watch import watch
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from kinnect_app.settings import settings
from state.ui.staff.feed import FeedState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        watch(Screen.is_waiting, on_look=Screen.look),
        back_link("Feeds", routes.FEEDS.path),
        rx.cond(
            Screen.loaded,
            rx.cond(
                Screen.missing != "",
                rx.fragment(page_header("A feed"), empty_state(Screen.missing)),
                _feed(),
            ),
            rx.fragment(page_header("A feed"), rx.el.p("Reading the feed …", role="status")),
        ),
    )


def _feed() -> rx.Component:
    return rx.fragment(
        page_header(Screen.line["title"], lead=Screen.line["every"]),
        announcement(Screen.said),
        rx.el.p(
            tag(Screen.line["health"], Screen.line["tone"]),
            " ",
            rx.el.span(Screen.line["code"], class_name="k-mono"),
            class_name="k-space-below",
        ),
        facts_of(Screen.facts, "name", "value"),
        rx.cond(Screen.may_manage, _actions()),
        section(
            "Last 28 days",
            rx.cond(
                Screen.strip != "",
                rx.fragment(
                    rx.el.p(day_strip(Screen.strip, Screen.strip_label), class_name="k-days-large"),
                    rx.el.p(Screen.strip_label, class_name="k-soft"),
                    day_strip_key(),
                ),
                empty_state("No row of it is held yet."),
            ),
        ),
        section("Last runs that brought something", _ingests()),
        section("Refused rows", _refused(), anchor="refused"),
    )


def _actions() -> rx.Component:
    return rx.el.div(
        button("Run now", on_click=Screen.run_now),
        rx.cond(
            Screen.paused,
            button("Resume", kind="secondary", on_click=Screen.resume),
            button("Pause", kind="secondary", on_click=Screen.pause),
        ),
        class_name="k-actions",
    )


def _ingests() -> rx.Component:
    return rx.cond(
        Screen.ingests.length() > 0,
        table(
            "Last runs that brought something",
            [
                ("When", "text"),
                ("By", "text"),
                ("From", "text k-wide-only"),
                ("Read", "figure"),
                ("Stored", "figure"),
                ("Held before", "figure"),
                ("Refused", "figure"),
            ],
            Screen.ingests,
            lambda one: [
                rx.el.span(one["at"], class_name="k-nowrap"),
                one["by"],
                rx.el.span(one["sources"], class_name="k-mono k-small"),
                one["read"],
                one["stored"],
                one["held"],
                rx.cond(
                    one["href"] != "",
                    rx.el.a(
                        one["refused"],
                        rx.el.span(" refused: why", class_name="k-hidden"),
                        href=one["href"],
                    ),
                    one["refused"],
                ),
            ],
        ),
        empty_state("Nothing was taken in yet."),
    )


def _refused() -> rx.Component:
    return rx.cond(
        Screen.refused_of != "",
        rx.fragment(
            rx.el.p(
                Screen.refused_words,
                " ",
                rx.el.a(
                    "Download all of them as CSV",
                    href=rx.Var.create(f"{settings().doors_at}/api/v1/feeds/reports/")
                    + Screen.refused_of,
                    download=True,
                    reload_document=True,
                ),
            ),
            table(
                "Refused rows",
                [
                    ("Row", "figure"),
                    ("Column", "text"),
                    ("Value", "text"),
                    ("Why, and what to do", "text"),
                    ("From", "text k-wide-only"),
                ],
                Screen.refused,
                lambda one: [
                    one["row"],
                    rx.el.span(one["column"], class_name="k-mono"),
                    rx.el.span(one["value"], class_name="k-mono"),
                    rx.fragment(one["reason"], rx.el.span(one["remedy"], class_name="k-under")),
                    rx.el.span(one["file"], class_name="k-mono k-small"),
                ],
            ),
        ),
        empty_state("No row was refused lately."),
    )

"""Alerts: be told when a public figure crosses a line, or when a dataset is late."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import field, select_field
from components.notice import announcement, empty_state
from components.page_header import page_header, section
from components.records import does, record, records
from components.segmented import either_of
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.alerts import AlertsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Alerts",
            lead="Be told when a public figure crosses a line that you draw, or when a dataset "
            "is late: behind the bell, and by mail.",
        ),
        rx.cond(
            Screen.loaded,
            rx.cond(Screen.may_keep, rx.fragment(_forms(), _own()), _what_it_is()),
            rx.el.p("Reading …", class_name="k-soft", role="status"),
        ),
        section(
            "How it works",
            rx.el.p(
                "We look whenever data have come in. A crossing is told once, until the value has "
                "fallen back: however long it stays, and however often it is published again, "
                "revised or late. A revision that takes a value over your line tells you once."
            ),
            rx.el.p(
                "Nobody is told of history: a value counts when it is of the last two days, or of "
                "the time to come where it is a forecast. What is beyond the line as you set the "
                "alert is not told until it crosses again. One alert tells ten times a day at "
                "most, and the last of them says so."
            ),
            rx.el.p(
                "A dataset is late when nothing new came for two of its own steps; a forecast, "
                "when nothing that is held reaches today. ",
                rx.el.a("Completeness and status", href=routes.STATUS.path),
                " shows which is late now.",
            ),
        ),
    )


def _what_it_is() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Screen.asked != "",
            rx.el.p("You asked about: ", rx.el.strong(Screen.asked), class_name="k-alert-asked"),
        ),
        rx.el.ul(
            _example("trending-up", "System price is above 200 £/MWh"),
            _example("wind", "Wind generation is below 1,000 MW"),
            _example("clock-alert", "National demand is late"),
            class_name="k-alert-examples",
        ),
        rx.el.p(
            "An alert is yours alone, so we need to know whom to tell. The data themselves are "
            "open to all."
        ),
        rx.el.div(
            link_button("Sign in to set an alert", href=Screen.sign_in),
            link_button("Sign up", href=routes.START.path, kind="quiet"),
            class_name="k-actions",
        ),
        class_name="k-alert-about",
    )


def _example(icon: str, words: str) -> rx.Component:
    return rx.el.li(rx.icon(icon, size=18, aria_hidden="true"), rx.el.span(words))


def _forms() -> rx.Component:
    return rx.el.div(
        announcement(Screen.done),
        error_summary(Screen.problems),
        error_summary(Screen.late_problems),
        rx.el.div(_value_form(), _late_form(), class_name="k-alert-forms"),
    )


def _value_form() -> rx.Component:
    return rx.el.section(
        rx.el.h2("When a value crosses a line", class_name="k-form-title"),
        rx.el.form(
            select_field(
                "series",
                "Tell me when",
                Screen.choices,
                problems=Screen.problems,
                width="full",
                default_value=Screen.series,
                on_change=Screen.choose,
            ),
            rx.el.div(
                either_of("side", "is", (("above", "above"), ("below", "below"))),
                field(
                    "line",
                    "the line",
                    problems=Screen.problems,
                    width="10",
                    input_mode="decimal",
                    max_length=24,
                ),
                rx.el.span(Screen.unit, class_name="k-alert-unit", aria_live="polite"),
                class_name="k-alert-line",
            ),
            button("Set the alert", type="submit"),
            key=Screen.box.to(str),
            on_submit=Screen.watch_value,
            no_validate=True,
        ),
        class_name="k-alert-form",
    )


def _late_form() -> rx.Component:
    return rx.el.section(
        rx.el.h2("When a dataset is late", class_name="k-form-title"),
        rx.el.form(
            select_field(
                "dataset",
                "Tell me when this is late",
                Screen.datasets,
                problems=Screen.late_problems,
                width="full",
                default_value=Screen.dataset,
            ),
            button(
                "Set the alert", rx.el.span(" on lateness", class_name="k-hidden"), type="submit"
            ),
            key=Screen.box.to(str) + "-late",
            on_submit=Screen.watch_lateness,
            no_validate=True,
        ),
        class_name="k-alert-form",
    )


def _own() -> rx.Component:
    return section(
        "Your alerts",
        records(
            Screen.rows,
            _card,
            empty_state("You have no alert yet.", rx.el.p("Set one above; it counts from now on.")),
        ),
    )


def _card(one: rx.Var[dict[str, str]]) -> rx.Component:
    named = rx.el.span(" ", one["title"], " ", one["condition"], class_name="k-hidden")
    return record(
        rx.el.div(
            rx.el.a(one["title"], href=one["href"], class_name="k-alert-title"),
            rx.el.span(one["condition"]),
            rx.cond(one["paused"] != "", tag("Paused", "plain"), tag("Watches", "good")),
            class_name="k-inline",
        ),
        rx.el.p(one["told"], class_name="k-alert-told"),
        rx.el.p(one["set"], class_name="k-small k-soft"),
        does=does(
            rx.cond(
                one["paused"] != "",
                button("Resume", named, kind="secondary", on_click=Screen.resume(one["id"])),
                button("Pause", named, kind="secondary", on_click=Screen.pause(one["id"])),
            ),
            button("Remove", named, kind="quiet", on_click=Screen.remove(one["id"])),
        ),
    )

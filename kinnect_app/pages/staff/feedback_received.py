"""Feedback: what people say of the service, what was done, and who is in the user group."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import text_area
from components.loading import once_loaded
from components.notice import announcement, empty_state
from components.page_header import page_header, section
from components.summary_list import summary_list
from components.table import table
from components.tag import status_tag, tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.feedback_received import FeedbackReceivedState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header("Feedback", lead="What people say of the service. Whoever asks has an answer."),
        announcement(Screen.said),
        error_summary(Screen.problems),
        once_loaded(
            Screen.loaded,
            rx.cond(Screen.chosen.contains("reference"), _chosen()),
            _queue(),
            _members(),
        ),
    )


def _chosen() -> rx.Component:
    one = Screen.chosen
    return section(
        one["reference"],
        summary_list(
            ("About", one["area"]),
            ("How good", one["rating"]),
            ("What they say", one["text"]),
            ("Answer to", rx.cond(one["email"] != "", one["email"], "Nobody asked for an answer")),
            ("Answer by", one["due"]),
            ("What was done", rx.cond(one["note"] != "", one["note"], "–")),
        ),
        rx.cond(Screen.may_deal & (one["waits"] != ""), _deal()),
    )


def _deal() -> rx.Component:
    return rx.el.form(
        text_area(
            "note",
            "What did we do about it?",
            hint="For ourselves, up to 500 characters. Whoever asked for an answer has it by mail",
            rows=3,
            problems=Screen.problems,
        ),
        button("It is dealt with", type="submit"),
        key=Screen.chosen["reference"],
        on_submit=Screen.deal,
        no_validate=True,
        class_name="k-form k-narrow k-form-after",
    )


def _queue() -> rx.Component:
    return section(
        "Received",
        rx.el.p(Screen.waiting, " waiting", class_name="k-soft"),
        rx.cond(
            Screen.received.length() > 0,
            table(
                "Feedback received",
                [
                    ("Reference", "text"),
                    ("About", "text"),
                    ("How good", "text"),
                    ("Received", "text"),
                    ("Answer by", "text"),
                    ("Status", "text"),
                ],
                Screen.received,
                lambda one: [
                    rx.el.a(
                        one["reference"],
                        href=f"{routes.FEEDBACK_RECEIVED.path}?reference="
                        + one["reference"].to(str),
                        class_name="k-mono",
                    ),
                    one["area"],
                    one["rating"],
                    one["received"],
                    rx.el.span(
                        one["due"],
                        rx.cond(one["late"] != "", rx.fragment(" ", tag("Late", "bad"))),
                    ),
                    status_tag(one["status"]),
                ],
            ),
            empty_state(
                "Nobody has said anything yet.",
                rx.el.p(
                    "It comes from the public page ",
                    rx.el.a("Give feedback", href=routes.FEEDBACK.path),
                    ".",
                ),
            ),
        ),
    )


def _members() -> rx.Component:
    return section(
        "User group",
        rx.cond(
            Screen.members.length() > 0,
            table(
                "User group",
                [
                    ("Name", "text"),
                    ("Organisation", "text"),
                    ("Interests", "text"),
                    ("Joined", "text"),
                ],
                Screen.members,
                lambda one: [
                    rx.el.span(one["name"], rx.el.span(one["email"], class_name="k-under")),
                    one["organisation"],
                    one["interests"],
                    one["since"],
                ],
            ),
            empty_state("Nobody has joined yet."),
        ),
    )

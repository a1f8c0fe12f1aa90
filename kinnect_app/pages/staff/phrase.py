"""A caller says a phrase: is it theirs?"""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import field
from components.notice import notice
from components.page_header import page_header
from kinnect_app.pages.layout import staff_page
from state.ui.staff.phrase import PhraseState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "Check a caller's phrase",
            lead="Ask the caller for their email address and their four words. Never say them.",
        ),
        error_summary(Screen.problems),
        rx.el.div(
            rx.cond(Screen.right != "", notice(Screen.right, tone="good")),
            rx.cond(Screen.wrong != "", notice(Screen.wrong, tone="bad")),
            role="status",
            aria_live="polite",
        ),
        rx.el.form(
            field("email", "The caller's email address", problems=Screen.problems, width="20"),
            field(
                "phrase",
                "The phrase that they say",
                problems=Screen.problems,
                hint="Four words. Each phrase can be tried a few times an hour.",
                width="20",
            ),
            button("Check it", type="submit"),
            on_submit=Screen.check,
            reset_on_submit=True,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )

"""Look at a company's pages as the company sees them, for a reason that it reads."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import field, text_area
from components.page_header import page_header
from kinnect_app.pages.layout import staff_page
from state.ui.staff.view_as import ViewAsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "Look as a company",
            lead="You see what a viewer of the company sees, change nothing, and see no bank "
            "account. Every Category A of the company is told, with your name and your reason.",
        ),
        error_summary(Screen.problems),
        rx.el.form(
            field(
                "company",
                "Company",
                hint="Its Party Id or its full name, for example ALBION",
                problems=Screen.problems,
                default_value=Screen.company,
            ),
            text_area(
                "reason",
                "Why do you look?",
                hint="The company reads this. At least 20 characters.",
                problems=Screen.problems,
                rows=3,
            ),
            button("Look for 30 minutes", type="submit"),
            key="look-" + Screen.company,  # what is typed stays, unless another company is named
            on_submit=Screen.begin,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )

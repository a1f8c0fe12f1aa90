"""Change a contact."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import field
from components.page_header import back_link, page_header
from kinnect_app import routes
from kinnect_app.pages.layout import party_page
from state.ui.party.contact import ContactState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        back_link("My account", routes.ACCOUNT.path),
        page_header("Change a contact", over=Screen.purpose),
        rx.el.div(
            error_summary(Screen.problems),
            rx.cond(Screen.loaded_id != "", _form()),
            class_name="k-narrow",
        ),
    )


def _form() -> rx.Component:
    values = Screen.values
    return rx.el.form(
        field("name", "Full name", problems=Screen.problems, default_value=values["name"]),
        field(
            "job_title",
            "Job title (optional)",
            problems=Screen.problems,
            default_value=values["job_title"],
        ),
        field(
            "email",
            "Email address",
            problems=Screen.problems,
            input_mode="email",
            default_value=values["email"],
        ),
        field(
            "phone",
            "Telephone number",
            problems=Screen.problems,
            width="20",
            input_mode="tel",
            default_value=values["phone"],
        ),
        rx.el.div(
            button("Save the contact", type="submit"),
            link_button("Cancel", href=routes.ACCOUNT.path, kind="quiet"),
            class_name="k-actions",
        ),
        key=Screen.loaded_id,
        on_submit=Screen.save,
        no_validate=True,
        class_name="k-form",
    )

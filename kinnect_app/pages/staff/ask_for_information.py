"""Ask a company for supporting information, from a template or in one's own words."""

import reflex as rx

from components.button import button, link_button
from components.draft_notice import draft_notice, kept_as
from components.error_summary import error_summary
from components.field import choices, date_field, field, text_area
from components.page_header import back_link, page_header, section
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.session import SessionState
from state.ui.staff.ask_for_information import AskForInformationState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("Queues", routes.QUEUES.path),
        page_header(
            "Ask for information",
            over=Screen.name,
            lead="Everybody who may answer for the company is told. They answer here, with words "
            "and files.",
        ),
        error_summary(Screen.problems),
        rx.cond(
            Screen.loaded & (Screen.name != ""),
            rx.el.div(_templates(), _form(), class_name="k-narrow"),
        ),
    )


def _templates() -> rx.Component:
    return section(
        "Begin from what is often asked",
        rx.el.p("You can change every word before it is sent.", class_name="k-soft"),
        rx.el.div(
            rx.foreach(
                Screen.templates,
                lambda one: button(
                    one["title"],
                    kind="secondary",
                    on_click=Screen.begin_from(one["key"]),
                ),
            ),
            class_name="k-inline k-templates",
        ),
    )


def _form() -> rx.Component:
    values, problems = Screen.values, Screen.problems
    return section(
        "The request",
        draft_notice(Screen.kept, on_start_again=Screen.start_again),
        rx.el.form(
            choices(
                "kind",
                "What kind of information?",
                [
                    ("commercial", "Commercial", "About the company: accounts, owners, licence"),
                    ("technical", "Technical", "About sites, meters and systems"),
                ],
                problems=problems,
                kind="radio",
                chosen=values["kind"],
            ),
            field("title", "Title", problems=problems, default_value=values["title"]),
            text_area(
                "text",
                "What do you ask for?",
                hint="The company reads this as you write it. Up to 2,000 characters.",
                rows=7,
                problems=problems,
                default_value=values["text"],
            ),
            date_field(
                "due_on",
                "Answer by",
                hint="For example, 27 3 2027",
                problems=problems,
                typed=values,
            ),
            rx.el.div(
                button("Send the request", type="submit"),
                link_button("Cancel", href=routes.QUEUES.path, kind="quiet"),
                class_name="k-actions",
            ),
            key=Screen.drawn.to_string(),
            custom_attrs=kept_as(Screen.form_key, organisation=SessionState.organisation_public_id),
            on_submit=Screen.send,
            no_validate=True,
            class_name="k-form",
        ),
    )

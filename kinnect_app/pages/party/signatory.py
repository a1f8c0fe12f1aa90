"""The form of a signatory: which categories a colleague holds."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, date_field, select_field, text_area
from components.page_header import back_link, page_header
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, party_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.ui.party.signatory import SignatoryState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        back_link("Signatories", routes.SIGNATORIES.path),
        page_header(
            rx.cond(
                Screen.is_end, "End all categories of a signatory", "What a colleague may sign"
            ),
            over=Screen.title,
            lead=rx.cond(Screen.held_words != "", "Holds now: " + Screen.held_words, ""),
        ),
        rx.el.div(
            error_summary(Screen.problems),
            rx.cond(Screen.loaded != "", _form()),
            class_name="k-narrow",
        ),
        help_for("access"),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.cond(Screen.is_end, rx.fragment(), _categories()),
        date_field(
            "effective_on",
            rx.cond(Screen.is_end, "Last day", "From when does this change count? (optional)"),
            problems=Screen.problems,
            hint="Leave this empty for today.",
        ),
        text_area(
            "reason",
            "Why? (optional)",
            problems=Screen.problems,
            hint="The colleague who approves this reads it.",
            rows=2,
        ),
        rx.el.div(
            button("Continue", type="submit"),
            link_button("Cancel", href=routes.SIGNATORIES.path, kind="quiet"),
            class_name="k-actions",
        ),
        key=Screen.loaded,
        on_submit=Screen.keep,
        no_validate=True,
        class_name="k-form",
    )


def _categories() -> rx.Component:
    asked = {field.name: field for field in questions_of(ChangeKind.SIGNATORY).fields}
    return rx.fragment(
        choices(
            "categories",
            "Which categories shall this colleague hold?",
            [(each.value, each.label, "") for each in asked["categories"].choices],
            problems=Screen.problems,
            hint="What is held already keeps its dates. Untick what shall end.",
            chosen=Screen.held_letters,
        ),
        rx.el.fieldset(
            rx.el.legend("For the categories that are new", class_name="k-section-title"),
            select_field(
                "role_code",
                "For which role of the company? (optional)",
                [(each.value, each.label) for each in asked["role_code"].choices],
                problems=Screen.problems,
                hint="Leave this as it is for every role.",
            ),
            date_field("since", "First day (optional)", problems=Screen.problems),
            date_field(
                "until",
                "Last day (optional)",
                problems=Screen.problems,
                hint="Leave this empty where there is none.",
            ),
            class_name="k-group",
        ),
    )

"""One entry of what everyone is told: writing it, ending it, and its versions."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, date_field, field, text_area
from components.loading import once_loaded
from components.page_header import back_link, page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.domain.public_content import AUDIENCES, STAGES, TOPICS, EntryKind
from state.ui.staff.content_entry import ContentEntryState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("What everyone is told", routes.CONTENT.path),
        page_header(
            rx.cond(Screen.is_new, "A new entry", Screen.values["title"]), over=Screen.kind_name
        ),
        error_summary(Screen.problems),
        once_loaded(
            Screen.loaded != "",
            rx.cond(Screen.may_write, _form()),
            rx.cond(Screen.may_publish & ~Screen.is_new, _retire()),
            rx.cond(~Screen.is_new, _versions()),
        ),
    )


def _form() -> rx.Component:
    values, problems = Screen.values, Screen.problems
    return rx.el.form(
        field("title", "Title", problems=problems, default_value=values["title"]),
        text_area(
            "body",
            "Text",
            hint="Plain text, up to 4,000 characters. A line that begins with • is a point of a "
            "list.",
            rows=8,
            problems=problems,
            default_value=values["body"],
        ),
        rx.cond(Screen.is_help, _of_help()),
        rx.cond(Screen.kind == EntryKind.PLAN.value, _of_plan()),
        rx.cond(Screen.kind == EntryKind.TEAM.value, _of_team()),
        date_field(
            "since",
            "From when?",
            hint="Everyone reads it from this day on",
            problems=problems,
            value=values["since"],
        ),
        rx.cond(Screen.may_publish, _publish()),
        rx.el.div(
            button("Save", type="submit"),
            link_button("Cancel", href=routes.CONTENT.path, kind="quiet"),
            class_name="k-actions",
        ),
        key=Screen.loaded,
        on_submit=Screen.save,
        no_validate=True,
        class_name="k-form k-narrow",
    )


def _of_help() -> rx.Component:
    return rx.fragment(
        choices(
            "topics",
            "What is it about?",
            [(key, words, "") for key, words in TOPICS.items()],
            hint="Forms lead to the entries of their topic",
            problems=Screen.problems,
            chosen=Screen.values["topics"],
        ),
        choices(
            "audience",
            "For whom is it?",
            [(key, words, "") for key, words in AUDIENCES.items()],
            problems=Screen.problems,
            kind="radio",
            chosen=Screen.values["audience"],
        ),
    )


def _of_plan() -> rx.Component:
    return rx.fragment(
        choices(
            "stage",
            "How far is it?",
            [(key, words, "") for key, words in STAGES.items()],
            problems=Screen.problems,
            kind="radio",
            chosen=Screen.values["stage"],
        ),
        field(
            "quarter",
            "Quarter",
            hint="For example, 2027 Q1",
            problems=Screen.problems,
            width="10",
            default_value=Screen.values["quarter"],
        ),
    )


def _of_team() -> rx.Component:
    return rx.fragment(
        field(
            "mailbox",
            "Email address of the team",
            hint="Shown to a person who asks for it, so that programs find none",
            problems=Screen.problems,
            input_mode="email",
            default_value=Screen.values["mailbox"],
        ),
        field(
            "hours",
            "When they answer",
            hint="For example, Monday to Friday, 9:00 to 17:00 (London)",
            problems=Screen.problems,
            default_value=Screen.values["hours"],
        ),
    )


def _publish() -> rx.Component:
    return choices(
        "publish",
        "Who reads it?",
        [
            ("yes", "Everyone", "It is published, from its day on"),
            ("no", "The staff only", "It is kept as a draft; what is published stays as it is"),
        ],
        problems=Screen.problems,
        kind="radio",
        chosen="yes",
    )


def _retire() -> rx.Component:
    return section(
        "Retire it",
        rx.el.form(
            date_field(
                "last_day",
                "Last day (optional)",
                hint="Leave this empty, and it is gone at once. Its versions are kept",
                problems=Screen.problems,
            ),
            button("Retire this entry", type="submit", kind="warning"),
            on_submit=Screen.retire,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _versions() -> rx.Component:
    return section(
        "Versions",
        table(
            "Versions",
            [("Version", "text"), ("Title", "text"), ("Status", "text"), ("Written", "text")],
            Screen.versions,
            lambda one: [
                one["version"],
                one["title"],
                tag(one["status"]),
                rx.el.span(one["at"], rx.el.span(one["by"], class_name="k-under")),
            ],
        ),
    )

"""One request for information: what the company answered, and what becomes of it."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, date_field, text_area
from components.file_list import file_list
from components.loading import once_loaded
from components.notice import announcement, missing_page
from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.tag import tag
from components.timeline import timeline
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from kinnect_app.settings import settings
from state.ui.staff.information import InformationState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("Queues", routes.QUEUES.path),
        once_loaded(
            Screen.loaded,
            _one(),
            found=Screen.request.contains("reference"),
            nothing=missing_page("There is no request for information by that reference."),
        ),
    )


def _one() -> rx.Component:
    request = Screen.request
    return rx.fragment(
        page_header(
            request["title"],
            over=request["reference"],
            lead=request["organisation"],
            aside=tag(request["status"], request["tone"]),
        ),
        announcement(Screen.said),
        error_summary(Screen.problems),
        section(
            "What we ask",
            rx.el.p(request["text"], class_name="k-asked"),
            summary_list(
                ("Kind", request["kind"]),
                ("Answer by", request["due"]),
                ("Asked", request["asked"]),
            ),
        ),
        section("What happened", timeline(Screen.steps)),
        section(
            "Files of the company",
            rx.cond(
                Screen.files.length() > 0,
                file_list(Screen.files, at=settings().doors_at),
                rx.el.p("No file was sent.", class_name="k-soft"),
            ),
        ),
        rx.cond(Screen.may_decide, _decision()),
        rx.cond(Screen.may_withdraw, _withdrawal()),
    )


def _decision() -> rx.Component:
    problems = Screen.problems
    return section(
        "Your decision",
        rx.el.form(
            choices(
                "decision",
                "Is the answer complete?",
                [
                    ("accept", "Accept it", "Nothing more is needed"),
                    ("return", "Return it", "Say what is missing, and by when"),
                ],
                problems=problems,
                kind="radio",
            ),
            text_area(
                "reason",
                "What shall we tell the company?",
                hint="They read this as you write it. Up to 1,000 characters. Needed to return it.",
                problems=problems,
            ),
            date_field(
                "due_on",
                "If you return it: answer by",
                hint="For example, 27 3 2027",
                problems=problems,
                value=Screen.usual_due,
            ),
            button("Send the decision", type="submit"),
            key="decision" + Screen.version.to_string(),
            on_submit=Screen.decide,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _withdrawal() -> rx.Component:
    return section(
        "Withdraw the request",
        rx.el.form(
            text_area(
                "why",
                "Why is it no longer needed?",
                hint="The company reads this. Up to 1,000 characters.",
                rows=2,
                problems=Screen.problems,
            ),
            button("Withdraw the request", kind="secondary", type="submit"),
            key="withdrawal" + Screen.version.to_string(),
            on_submit=Screen.withdraw,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )

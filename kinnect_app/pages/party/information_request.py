"""One request for information: what is asked, the files, and the answer."""

import reflex as rx

from components.button import button
from components.draft_notice import draft_notice, kept_as
from components.error_summary import error_summary
from components.field import text_area
from components.file_list import file_list
from components.loading import once_loaded
from components.notice import announcement, missing_page, notice
from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.tag import tag
from components.timeline import timeline
from components.upload_box import upload_box
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from kinnect_app.settings import settings
from state.ui.party.information_request import InformationRequestState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.INFORMATION_REQUESTS.path,
        back_link("Requests for information", routes.INFORMATION_REQUESTS.path),
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
            aside=tag(request["status"], request["tone"]),
        ),
        announcement(Screen.said),
        error_summary(Screen.problems),
        rx.cond(
            Screen.missing != "",
            notice(rx.el.strong("More is needed. "), Screen.missing, tone="warn"),
        ),
        rx.cond(
            request["status"] == "Overdue",
            notice("This should have been answered by ", request["due"], ".", tone="bad"),
        ),
        section(
            "What the operator asks",
            rx.el.p(request["text"], class_name="k-asked"),
            summary_list(
                ("Kind", request["kind"]),
                ("Answer by", request["due"]),
                ("Asked", request["asked"]),
            ),
        ),
        rx.cond(Screen.may_answer, _answer()),
        rx.cond(
            Screen.files.length() > 0,
            section("Files that you sent", file_list(Screen.files, at=settings().doors_at)),
        ),
        section("What happened", timeline(Screen.steps)),
    )


def _answer() -> rx.Component:
    return section(
        "Answer the request",
        rx.el.div(
            draft_notice(Screen.kept, on_start_again=Screen.start_again),
            upload_box(
                "Add files (optional)",
                to=settings().doors_at
                + "/api/v1/account/information/"
                + Screen.request["reference"].to(str)
                + "/files",
                most_megabytes=Screen.most_megabytes,
                on_done=Screen.refresh,
            ),
            rx.cond(
                Screen.added.length() > 0,
                rx.fragment(
                    rx.el.h3("Go with your answer", class_name="k-label"),
                    file_list(Screen.added, at=settings().doors_at, on_take_away=Screen.take_away),
                ),
            ),
            rx.el.form(
                text_area(
                    "answer",
                    "Your answer",
                    hint="Up to 4,000 characters. You can leave it empty if a file says it all.",
                    rows=6,
                    problems=Screen.problems,
                    default_value=Screen.values["answer"],
                ),
                button("Send the answer", type="submit"),
                key=Screen.drawn.to_string(),
                custom_attrs=kept_as(
                    Screen.form_key, organisation=SessionState.organisation_public_id
                ),
                on_submit=Screen.send,
                no_validate=True,
                class_name="k-form",
            ),
            class_name="k-narrow k-stack",
        ),
    )

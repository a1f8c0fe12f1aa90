"""Ask a director who may act for the company; and what the director and the register said."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, field
from components.loading import once_loaded
from components.notice import announcement, notice
from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.domain.director_declaration import DIRECTORS
from state.ui.staff.director import DirectorState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    about = Screen.about
    return staff_page(
        back_link("Access for the company", f"{routes.COMPANY_ACCESS.path}?id=" + Screen.company),
        once_loaded(
            Screen.loaded,
            page_header("A director confirms the first Category A", over=about["company"]),
            announcement(Screen.said),
            error_summary(Screen.problems),
            summary_list(
                ("Company number", rx.el.span(about["number"], class_name="k-mono")),
                ("To be invited", about["name"].to(str) + ", " + about["email"].to(str)),
                ("As", about["offered"]),
                ("Prepared by", about["invited_by"]),
            ),
            rx.foreach(Screen.declarations, _declaration),
            rx.cond(about["waits"] != "", _asking(), _done()),
        ),
    )


def _done() -> rx.Component:
    return notice("The invitation does not wait for a director any more.", tone="good")


def _asking() -> rx.Component:
    return rx.cond(
        Screen.may_ask,
        rx.cond(
            Screen.prepared_it,
            notice(
                "You prepared this invitation, so another of us must say who the director is.",
                tone="warn",
            ),
            rx.cond(Screen.is_open, rx.fragment(), _ask()),
        ),
        rx.fragment(),
    )


def _ask() -> rx.Component:
    return section(
        "Ask a director",
        rx.el.p(
            "They get a link by mail, read what they declare, and sign it. They need no account. "
            "Take the address from the company's own papers, not from who is to be invited."
        ),
        rx.el.form(
            field("director_name", "The director's full name", problems=Screen.problems),
            field(
                "director_email",
                "The director's email address",
                problems=Screen.problems,
                input_mode="email",
            ),
            choices(
                "director_role",
                "What are they?",
                [(value, words, "") for value, words in DIRECTORS.items()],
                problems=Screen.problems,
                kind="radio",
            ),
            button("Send the link", type="submit"),
            key=Screen.version.to(str),
            on_submit=Screen.send,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _declaration(one: rx.Var) -> rx.Component:
    return section(
        one["director"],
        summary_list(
            (
                "Status",
                rx.el.span(
                    tag(one["status"], one["tone"]),
                    " ",
                    rx.cond(one["check"] != "", tag(one["check"], one["check_tone"])),
                ),
            ),
            ("Address", one["email"]),
            ("Is", one["role"]),
            ("Asked", one["asked"]),
            ("Can be signed until", one["expires"]),
            ("Answered", rx.cond(one["answered"] != "", one["answered"], "Not yet")),
            ("Signed as", rx.cond(one["signed_name"] != "", one["signed_name"], "–")),
            ("The register", rx.cond(one["finding"] != "", _found(one), "–")),
        ),
        rx.el.details(
            rx.el.summary("What they are asked to declare"),
            rx.el.blockquote(one["declared"], class_name="k-notice k-lines"),
            rx.el.p("SHA-256: ", rx.el.code(one["digest"], class_name="k-mono k-break")),
            class_name="k-details-box",
        ),
        rx.cond(
            one["by_hand"] != "",
            notice(
                "Could not verify. Ask for a letter of a director and confirm it on the page of "
                "the company's access, or ask another director.",
                tone="warn",
            ),
        ),
        rx.cond(
            (one["is_open"] != "") & Screen.may_ask,
            rx.el.div(
                button(
                    "Withdraw what ",
                    one["director"],
                    " is asked",
                    kind="secondary",
                    on_click=Screen.withdraw(one["public_id"].to(str)),
                ),
                class_name="k-actions",
            ),
        ),
    )


def _found(one: rx.Var) -> rx.Component:
    return rx.el.span(one["finding"], rx.el.span(one["source"], class_name="k-under"))

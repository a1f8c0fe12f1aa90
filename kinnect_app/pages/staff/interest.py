"""One expression of interest, and the operator's decision."""

import reflex as rx

from components.button import button
from components.decision import decision_form
from components.error_summary import error_summary
from components.field import choices, text_area
from components.notice import announcement, empty_state, missing_page, notice
from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.tag import status_tag, tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.interest import InterestState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("Queues", routes.QUEUES.path),
        announcement(Screen.said),
        rx.cond(
            Screen.told.contains("reference"),
            rx.fragment(error_summary(Screen.problems), _one()),
            missing_page("There is no expression of interest by that reference."),
        ),
    )


def _one() -> rx.Component:
    told = Screen.told
    return rx.fragment(
        page_header(
            told["legal_name"],
            over=told["reference"],
            aside=status_tag(told["status"]),
        ),
        rx.cond(
            told["same_company"] != "",
            notice(
                "The same applicant also stands in ",
                rx.el.strong(told["same_company"], class_name="k-mono"),
                ".",
                tone="warn",
            ),
        ),
        rx.el.div(_organisation(), _person(), class_name="k-halves"),
        rx.cond(Screen.is_individual, _identity()),
        rx.cond(
            Screen.may_decide,
            decision_form(Screen.problems, on_submit=Screen.decide),
            rx.cond(told["decided"] != "", _decided()),
        ),
    )


def _organisation() -> rx.Component:
    told = Screen.told
    return section(
        "What they told us",
        summary_list(
            ("Who", told["applicant"]),
            (
                "Company number",
                rx.cond(
                    told["company_number"] != "",
                    rx.el.span(told["company_number"], class_name="k-mono"),
                    "None is needed",
                ),
            ),
            ("Country", rx.cond(told["country"] != "", told["country"], "–")),
            ("Roles", told["roles"]),
            ("Wishes to be live", told["target_date"]),
            ("Anything else", told["description"]),
        ),
    )


def _person() -> rx.Component:
    told = Screen.told
    return section(
        "Who sent it",
        summary_list(
            ("Name", told["contact"]),
            ("Email address", told["email"]),
            ("Telephone", told["phone"]),
            ("Received", told["received"]),
            (
                "Answer by",
                rx.fragment(told["due"], " ", tag(told["clock"], told["clock_tone"])),
            ),
        ),
    )


def _identity() -> rx.Component:
    ask = Screen.ask_for_identity
    return section(
        "Who they are",
        rx.cond(
            Screen.checks.length() > 0,
            rx.foreach(Screen.checks, _check),
            empty_state("They have not been asked to prove who they are yet."),
        ),
        rx.cond(
            Screen.may_prove,
            rx.el.div(
                rx.cond(
                    Screen.checks.length() > 0,
                    button("Ask for another identity check", kind="secondary", on_click=ask),
                    button("Ask for an identity check", on_click=ask),
                ),
                class_name="k-actions",
            ),
        ),
    )


def _check(one: rx.Var) -> rx.Component:
    return rx.el.div(
        summary_list(
            ("Status", tag(one["status"], one["tone"])),
            ("Why", rx.cond(one["why"] != "", one["why"], "–")),
            ("Provider", rx.cond(one["provider"] != "", one["provider"], "–")),
            ("Level of assurance", rx.cond(one["level"] != "", one["level"], "–")),
            ("Asked", one["asked"]),
            ("Checked", rx.cond(one["checked"] != "", one["checked"], "Not yet")),
            ("Counts until", rx.cond(one["until"] != "", one["until"], "–")),
        ),
        rx.cond((one["can_decide"] != "") & Screen.may_prove, _by_hand(one)),
    )


def _by_hand(one: rx.Var) -> rx.Component:
    return rx.el.details(
        rx.el.summary("Decide by hand who they are"),
        rx.el.form(
            rx.el.input(type="hidden", name="check", value=one["public_id"]),
            choices(
                "identity",
                "Their identity",
                [
                    ("confirm", "Confirm it", "You saw them, and what proves who they are"),
                    ("refuse", "Refuse it", "Also what a provider verified"),
                ],
                problems=Screen.problems,
                kind="radio",
            ),
            text_area(
                "note",
                "What you saw, or why",
                hint="No number of a document, please. Up to 500 characters.",
                problems=Screen.problems,
                rows=2,
            ),
            button("Keep this decision", type="submit", kind="secondary"),
            on_submit=Screen.decide_identity,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
        class_name="k-details-box",
    )


def _decided() -> rx.Component:
    told = Screen.told
    return section(
        "The decision",
        summary_list(
            ("Decided", told["decided"]),
            ("What we said", rx.cond(told["reason"] != "", told["reason"], "–")),
        ),
    )

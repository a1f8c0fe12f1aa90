"""One expression of interest, and the operator's decision."""

import reflex as rx

from components.decision import decision_form
from components.error_summary import error_summary
from components.notice import empty_state, notice
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
        error_summary(Screen.problems),
        rx.cond(
            Screen.told.contains("reference"),
            _one(),
            empty_state("There is no expression of interest by that reference."),
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


def _decided() -> rx.Component:
    told = Screen.told
    return section(
        "The decision",
        summary_list(
            ("Decided", told["decided"]),
            ("What we said", rx.cond(told["reason"] != "", told["reason"], "–")),
        ),
    )

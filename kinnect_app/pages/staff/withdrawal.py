"""One proposal to withdraw, and the operator's decision."""

import reflex as rx

from components.decision import decision_form
from components.error_summary import error_summary
from components.notice import missing_page
from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.tag import status_tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.withdrawal import WithdrawalState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("Queues", routes.QUEUES.path),
        rx.cond(
            Screen.proposal.contains("reference"),
            rx.fragment(error_summary(Screen.problems), _one()),
            missing_page("There is no proposal by that reference."),
        ),
    )


def _one() -> rx.Component:
    proposal = Screen.proposal
    return rx.fragment(
        page_header(
            proposal["organisation"],
            over=proposal["reference"],
            aside=status_tag(proposal["status"]),
        ),
        section(
            "What is proposed",
            summary_list(
                ("Withdrawal date", proposal["withdrawal_date"]),
                ("Last day of trading", proposal["last_trading_day"]),
                ("Reason", proposal["reason"]),
                ("Proposed", proposal["proposed"]),
            ),
        ),
        rx.cond(
            Screen.may_decide,
            decision_form(Screen.problems, on_submit=Screen.decide),
            rx.cond(proposal["decided"] != "", _decided()),
        ),
    )


def _decided() -> rx.Component:
    proposal = Screen.proposal
    return section(
        "The decision",
        summary_list(
            ("Decided", proposal["decided"]),
            (
                "What we said",
                rx.cond(proposal["decision_reason"] != "", proposal["decision_reason"], "–"),
            ),
        ),
    )

"""Leave the market: propose the date on which the company withdraws."""

import reflex as rx

from components.button import button
from components.draft_notice import draft_notice, kept_as
from components.error_summary import error_summary
from components.field import date_field, text_area
from components.notice import announcement, empty_state, notice
from components.page_header import page_header, section
from components.summary_list import summary_list
from components.tag import status_tag
from kinnect_app.pages.layout import help_for, party_page
from state.ui.party.market_exit import FORM
from state.ui.party.market_exit import MarketExitState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        page_header(
            "Leave the market",
            lead="Propose the date on which your company withdraws. The operator answers here, and "
            "tells you what must be cleared first.",
        ),
        announcement(Screen.sent),
        section(
            "Your proposals",
            rx.cond(
                Screen.proposals.length() > 0,
                rx.el.div(rx.foreach(Screen.proposals, _proposal), class_name="k-stack"),
                empty_state("Your company has not proposed to withdraw."),
            ),
        ),
        rx.cond(
            Screen.may_propose,
            rx.cond(Screen.awaiting, rx.fragment(), _form()),
            rx.cond(
                Screen.loaded,
                notice("Only a Category A signatory can propose a withdrawal date."),
            ),
        ),
        help_for("leaving"),
    )


def _form() -> rx.Component:
    return section(
        "Propose a withdrawal date",
        rx.el.div(
            draft_notice(Screen.kept, on_start_again=Screen.start_again),
            error_summary(Screen.problems),
            notice(
                "The earliest date you can propose today is ", rx.el.strong(Screen.earliest), "."
            ),
            rx.el.form(
                date_field(
                    "last_trading_day",
                    "Last day of trading",
                    hint="For example, 20 3 2027",
                    problems=Screen.problems,
                    typed=Screen.values,
                ),
                date_field(
                    "withdrawal_date",
                    "Withdrawal date",
                    hint="For example, 27 3 2027",
                    problems=Screen.problems,
                    typed=Screen.values,
                ),
                text_area(
                    "reason",
                    "Why does the company leave?",
                    hint="Up to 500 characters",
                    problems=Screen.problems,
                    default_value=Screen.values["reason"],
                ),
                button("Propose this date", kind="warning", type="submit"),
                key=Screen.drawn.to_string(),
                custom_attrs=kept_as(FORM, organisation=SessionState.organisation_public_id),
                on_submit=Screen.propose,
                no_validate=True,
                class_name="k-form",
            ),
            class_name="k-narrow k-stack",
        ),
    )


def _proposal(proposal: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.article(
        rx.el.div(
            rx.el.strong(proposal["reference"], class_name="k-mono"),
            status_tag(proposal["status"]),
            class_name="k-inline",
        ),
        summary_list(
            ("Withdrawal date", proposal["withdrawal_date"]),
            ("Last day of trading", proposal["last_trading_day"]),
            ("Reason", proposal["reason"]),
            ("Proposed", proposal["proposed"]),
            ("Answered", rx.cond(proposal["decided"] != "", proposal["decided"], "Not yet")),
            (
                "What the operator said",
                rx.cond(proposal["decision_reason"] != "", proposal["decision_reason"], "–"),
            ),
        ),
        class_name="k-card",
    )

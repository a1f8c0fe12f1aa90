"""Changes to bank accounts that wait for a call-back, or to be put to use."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, text_area
from components.notice import announcement, empty_state, notice
from components.page_header import back_link, page_header, section
from components.reveal import revealed, reveals
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.bank_checks import BankChecksState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        rx.cond(
            Screen.chosen.contains("public_id"),
            _one(),
            rx.fragment(
                page_header(
                    "Bank accounts to check",
                    lead="One of us calls a number that was on file before the change. Another "
                    "puts the account to use. It counts two Working Days later.",
                ),
                announcement(Screen.said),
                rx.cond(
                    Screen.loaded,
                    rx.cond(
                        Screen.rows.length() > 0,
                        _table(),
                        empty_state("No bank account waits for us."),
                    ),
                ),
            ),
        ),
    )


def _table() -> rx.Component:
    return table(
        "Bank accounts to check",
        [
            ("Company", "text"),
            ("For", "text"),
            ("Waits for", "text"),
            ("Asked by", "text"),
            ("Sent", "text"),
            ("", "text"),
        ],
        Screen.rows,
        lambda row: [
            rx.el.a(
                row["company"], href=f"{routes.BANK_CHECKS.path}?id=" + row["public_id"].to(str)
            ),
            row["purpose"],
            row["waits_for"],
            row["by"],
            row["at"],
            rx.cond(row["odd"] != "", tag(row["odd"], "warn")),
        ],
    )


def _one() -> rx.Component:
    chosen = Screen.chosen
    return rx.fragment(
        back_link("Bank accounts to check", routes.BANK_CHECKS.path),
        page_header(chosen["company"], over="Account for " + chosen["purpose"]),
        error_summary(Screen.problems),
        rx.cond(Screen.flags.length() > 0, _flags()),
        rx.el.div(_what_changes(), _does(), class_name="k-halves"),
    )


def _flags() -> rx.Component:
    return notice(
        rx.el.strong("Something looks odd: a second of us must call back too."),
        rx.el.ul(rx.foreach(Screen.flags, rx.el.li)),
        tone="warn",
    )


def _what_changes() -> rx.Component:
    chosen = Screen.chosen
    place = "number-" + chosen["public_id"].to(str)
    return section(
        "What changes",
        table(
            "What changes",
            [("", "text"), ("Now", "text"), ("Then", "text")],
            Screen.facts,
            lambda row: [
                rx.el.strong(row["label"]),
                rx.el.span(row["before"], class_name="k-mono"),
                rx.el.span(row["after"], class_name="k-mono"),
            ],
        ),
        rx.el.p(chosen["by"], " asked for it, ", chosen["at"], class_name="k-soft"),
        revealed(place),
        reveals(
            "Show the new account in full",
            address=f"bank-accounts/{chosen['public_id']}/reveal",
            place=place,
        ),
    )


def _does() -> rx.Component:
    return rx.cond(
        Screen.chosen["mine"] != "",
        section(
            "What happens next",
            rx.el.p("You had a part in this already. Someone else of us goes on."),
        ),
        rx.cond(Screen.chosen["step"] == "call", _call_back(), _activate()),
    )


def _call_back() -> rx.Component:
    return section(
        "Call back",
        rx.el.p("Call one of these, and no number that came with the change:"),
        table(
            "Numbers on file",
            [("Who", "text"), ("Number", "text")],
            Screen.to_call,
            lambda who: [who["name"], rx.el.span(who["phone"], class_name="k-mono")],
        ),
        rx.el.form(
            choices(
                "outcome",
                "Did they confirm it?",
                [
                    ("confirmed", "Yes, they expect this change", ""),
                    ("not_confirmed", "No, or we are not sure", "The change goes no further"),
                ],
                problems=Screen.problems,
                kind="radio",
            ),
            text_area(
                "comment",
                "Whom did you speak to, and what did they say?",
                problems=Screen.problems,
                hint="For our own record. Up to 500 characters.",
                rows=3,
            ),
            button("Keep this", type="submit"),
            on_submit=Screen.call_back,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _activate() -> rx.Component:
    return section(
        "Put it to use",
        rx.el.p("The call was made. It counts after the cooling-off, on its date at the earliest."),
        button("Agree to put it to use", on_click=Screen.activate),
    )

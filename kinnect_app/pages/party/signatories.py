"""Who may sign for the company, its yearly confirmation, and one's own phrase."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.notice import notice
from components.page_header import page_header, section
from components.register_list import register_list
from components.reveal import revealed, reveals
from components.table import table
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.signatories import SignatoriesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    duty = Screen.duty
    return account_page(
        routes.SIGNATORIES.path,
        page_header(
            "Authorised signatories",
            lead=rx.fragment(
                "Who may sign for what. There is always at least one of Category A. ",
                rx.el.a("Who can do what", href=routes.WHO_CAN_DO_WHAT.path),
            ),
        ),
        error_summary(Screen.problems),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                rx.cond(duty["overdue"] != "", notice(duty["overdue"], tone="bad")),
                rx.cond(duty["soon"] != "", notice(duty["soon"], tone="warn")),
                register_list(
                    "Signatories", Screen.rows, Screen.tabs, nothing="No signatory here."
                ),
                rx.el.div(
                    rx.cond(duty["due"] != "", _yearly()),
                    rx.cond(Screen.signs, _phrase()),
                    class_name="k-halves",
                ),
            ),
        ),
    )


def _yearly() -> rx.Component:
    duty = Screen.duty
    return section(
        "The yearly confirmation",
        rx.cond(
            duty["last"] != "",
            rx.el.p(
                "Last confirmed on ",
                duty["last"],
                ". ",
                rx.el.a("See what was confirmed", href=duty["certificate"]),
            ),
            rx.el.p("The list was never confirmed yet."),
        ),
        rx.el.p("To be confirmed by ", duty["due"], ", each year by a Category A."),
        rx.cond(
            duty["may"] != "",
            rx.fragment(
                table(
                    "Who may sign today",
                    [("Name", "text"), ("May sign for", "text")],
                    Screen.lines,
                    lambda one: [rx.el.strong(one["name"]), one["signs_for"]],
                ),
                rx.el.div(
                    button("Confirm this list", on_click=Screen.confirm), class_name="k-actions"
                ),
            ),
        ),
    )


def _phrase() -> rx.Component:
    return section(
        "Your verification phrase",
        rx.el.p("When you call us, we ask for it. It counts for the telephone and nothing else."),
        rx.cond(
            Screen.phrase_made != "",
            rx.el.p("You made yours on ", Screen.phrase_made, ". A new one takes its place."),
            rx.el.p("You have none yet."),
        ),
        revealed("phrase"),
        reveals("Make me a new phrase", address="phrase", place="phrase", kind="secondary"),
        rx.el.p(
            "It is shown once, for 30 seconds. We keep nothing that it could be read from.",
            class_name="k-soft k-small",
        ),
    )

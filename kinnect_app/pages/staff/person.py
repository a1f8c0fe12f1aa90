"""One person: where they act and are signed in, and keeping them out."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import text_area
from components.loading import once_loaded
from components.notice import announcement, empty_state
from components.page_header import back_link, page_header, section
from components.summary_list import facts_of
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.person import PersonState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("People of the market", routes.ALL_PEOPLE.path),
        once_loaded(
            Screen.loaded,
            page_header(Screen.name, aside=rx.cond(Screen.is_suspended, tag("Suspended", "bad"))),
            announcement(Screen.said),
            error_summary(Screen.problems),
            rx.el.div(
                rx.el.div(facts_of(Screen.facts, "name", "value"), _companies(), _sign_ins()),
                rx.cond(Screen.may_suspend, _keep_out()),
                class_name="k-two-thirds",
            ),
        ),
    )


def _companies() -> rx.Component:
    return section(
        "Companies",
        rx.cond(
            Screen.companies.length() > 0,
            table(
                "Companies",
                [("Company", "text"), ("As", "text"), ("Since", "text"), ("Last day", "text")],
                Screen.companies,
                lambda one: [
                    rx.el.a(
                        one["name"],
                        href=f"{routes.COMPANY_ACCESS.path}?id=" + one["public_id"].to(str),
                    ),
                    one["is_what"],
                    rx.el.span(one["since"], class_name="k-nowrap"),
                    rx.el.span(one["until"], class_name="k-nowrap"),
                ],
            ),
            empty_state("They act for no company."),
        ),
    )


def _sign_ins() -> rx.Component:
    return section(
        "Where they are signed in",
        rx.cond(
            Screen.sign_ins.length() > 0,
            rx.fragment(
                table(
                    "Where they are signed in",
                    [("Browser", "text"), ("Since", "text"), ("Last seen", "text")],
                    Screen.sign_ins,
                    lambda one: [one["browser"], one["began"], one["seen"]],
                ),
                rx.cond(
                    Screen.may_suspend,
                    rx.el.div(
                        button(
                            "Sign them out everywhere",
                            kind="secondary",
                            on_click=Screen.end_sign_ins,
                        ),
                        class_name="k-actions",
                    ),
                ),
            ),
            empty_state("Nowhere just now."),
        ),
    )


def _keep_out() -> rx.Component:
    return rx.el.aside(
        rx.cond(
            Screen.is_suspended,
            _form(
                "Let them back",
                "They can then sign in again. They and the Category A of their companies are told.",
                button("Let them sign in again", type="submit"),
                Screen.let_back,
            ),
            _form(
                "Suspend",
                "They are out at their next click, everywhere. They and the Category A of their "
                "companies are told.",
                button("Suspend this person", type="submit", kind="warning"),
                Screen.suspend,
            ),
        ),
        class_name="k-guidance",
    )


def _form(title: str, words: str, send: rx.Component, on_submit: rx.EventHandler) -> rx.Component:
    return section(
        title,
        rx.el.p(words),
        rx.el.form(
            text_area(
                "reason",
                "Why?",
                hint="For the audit trail. Up to 500 characters.",
                problems=Screen.problems,
                rows=3,
            ),
            send,
            key=title + Screen.version.to(str),
            on_submit=on_submit,
            no_validate=True,
            class_name="k-form",
        ),
    )

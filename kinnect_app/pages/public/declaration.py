"""A director reads what they are asked to declare, and signs it or says no. Nobody signs in."""

import reflex as rx

from components.button import button, post_button
from components.error_summary import error_summary
from components.field import choices, field
from components.loading import once_loaded
from components.month_field import month_field
from components.notice import notice
from components.page_header import page_header, section
from components.summary_list import summary_list
from kinnect_app.pages.layout import public_page
from kinnect_app.settings import settings
from state.ui.public.declaration import DeclarationState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        once_loaded(
            Screen.loaded,
            rx.el.div(
                rx.cond(
                    Screen.shown.contains("company"),
                    _declaration(),
                    rx.fragment(page_header("A director's declaration"), _why()),
                ),
                class_name="k-narrow k-stack",
            ),
        )
    )


def _declaration() -> rx.Component:
    return rx.cond(
        Screen.shown["is_open"] != "",
        rx.fragment(
            page_header(
                "Declare for " + Screen.shown["company"].to(str), over="A director's declaration"
            ),
            _why(),
            error_summary(Screen.problems),
            _text("What you are asked to declare"),
            rx.cond(Screen.signature.contains("name"), _sign(), _form()),
            _say_no(),
        ),
        rx.fragment(
            page_header(Screen.shown["ended"], over=Screen.shown["company"]),
            rx.cond(Screen.shown["is_signed"] != "", _signed()),
        ),
    )


def _why() -> rx.Component:
    return rx.cond(Screen.why != "", notice(Screen.why, tone="bad"))


def _text(title: str) -> rx.Component:
    return section(
        title,
        rx.el.blockquote(rx.foreach(Screen.declared, rx.el.p), class_name="k-notice k-stack"),
        rx.el.p(
            "Fingerprint of this text (SHA-256): ",
            rx.el.code(Screen.shown["digest"], class_name="k-mono k-break"),
            class_name="k-soft k-small",
        ),
    )


def _form() -> rx.Component:
    return section(
        "Your signature",
        rx.el.form(
            field(
                "signed_name",
                "Your full name",
                hint="As the register of companies has it",
                problems=Screen.problems,
                auto_complete="name",
            ),
            month_field(
                "born",
                "Month and year of your birth",
                hint="For example, 3 1975. We compare it with the register, then remove it",
                problems=Screen.problems,
            ),
            choices(
                "confirmed",
                "Your confirmation",
                [("yes", "I have read the declaration, and what it says is true", "")],
                problems=Screen.problems,
            ),
            rx.el.p("You can sign until ", Screen.shown["expires"], ".", class_name="k-soft"),
            button("Go on", type="submit"),
            on_submit=Screen.look_over,
            no_validate=True,
            class_name="k-form",
        ),
    )


def _sign() -> rx.Component:
    given = Screen.signature
    return section(
        "Check, and sign",
        summary_list(
            ("Signed by", given["name"]),
            ("Born", given["month"].to(str) + " / " + given["year"].to(str)),
            ("You sign", "The declaration above, with this button, once"),
        ),
        rx.el.div(
            post_button(
                "Sign the declaration",
                action=f"{settings().doors_at}/auth/declaration",
                kind="primary",
                hidden={
                    "decision": "sign",
                    "digest": Screen.shown["digest"],
                    "signed_name": given["name"],
                    "born_month": given["month"],
                    "born_year": given["year"],
                },
                id="sign",
            ),
            button("Change what I typed", kind="secondary", on_click=Screen.change_it),
            class_name="k-actions",
        ),
    )


def _say_no() -> rx.Component:
    return rx.el.details(
        rx.el.summary("I do not declare this"),
        rx.el.div(
            rx.el.p("The operator is told that you did not sign. The link then no longer works."),
            post_button(
                "Say no",
                action=f"{settings().doors_at}/auth/declaration",
                kind="warning",
                hidden={"decision": "refuse"},
            ),
            class_name="k-stack",
        ),
        class_name="k-details-box",
    )


def _signed() -> rx.Component:
    return rx.fragment(
        notice(
            "Thank you. You signed on ",
            Screen.shown["answered"],
            ". We now compare your name with the register of companies; you need do nothing more.",
            tone="good",
        ),
        _text("What you declared"),
    )

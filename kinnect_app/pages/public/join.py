"""You are invited: who invites you, to what, until when, and the way on."""

import reflex as rx

from components.button import button, link_button, post_button
from components.field import field
from components.loading import once_loaded
from components.notice import announcement, notice
from components.page_header import page_header, section
from components.summary_list import summary_list
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, public_page
from kinnect_app.settings import settings
from state.ui.public.join import JoinState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        once_loaded(
            Screen.loaded,
            rx.el.div(
                rx.cond(
                    Screen.invitation.contains("company"),
                    _invitation(),
                    rx.fragment(page_header("Your invitation"), _why()),
                ),
                announcement(Screen.asked),
                rx.cond(Screen.invitation.contains("company"), rx.fragment(), _ask_again()),
                class_name="k-narrow k-stack",
            ),
        ),
        help_for("signing-in"),
    )


def _invitation() -> rx.Component:
    one = Screen.invitation
    return rx.cond(
        one["is_open"] != "",
        rx.fragment(
            page_header("Act for " + one["company"].to(str), over="You are invited"),
            _why(),
            summary_list(
                ("Invited by", one["invited_by"]),
                ("As", one["offered"]),
                ("For the address", one["to"]),
                ("Access until", one["access_until"]),
                ("Accept until", one["expires"]),
            ),
            _ways_on(),
        ),
        rx.fragment(
            page_header(one["status"], over=one["company"]),
            _why(),
            rx.cond(one["can_ask"] != "", _send_new_link(), _sign_in()),
        ),
    )


def _why() -> rx.Component:
    return rx.cond(Screen.why != "", notice(Screen.why, tone="bad"))


def _ways_on() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "You sign in with your own account for this address. Your colleague's company then "
            "has you among its people."
        ),
        rx.cond(
            Screen.provider,
            link_button(
                "Continue to sign in",
                href=f"{settings().doors_at}/auth/sign-in",
                reload_document=True,
            ),
        ),
        rx.cond(
            Screen.development,
            rx.el.div(
                post_button(
                    "Join as the invited person",
                    action=f"{settings().doors_at}/auth/development/join",
                    kind="primary",
                ),
                class_name="k-actions",
            ),
        ),
        class_name="k-stack",
    )


def _send_new_link() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "We can mail a new link to ", Screen.invitation["to"], ", and to no other address."
        ),
        button("Send me a new link", on_click=Screen.ask_again_here),
    )


def _sign_in() -> rx.Component:
    return link_button("Go to sign in", href=routes.SIGN_IN.path, kind="secondary")


def _ask_again() -> rx.Component:
    return section(
        "Ask for your invitation again",
        rx.el.form(
            field(
                "email",
                "Email address",
                hint="The address that your colleague invited",
                problems=rx.Var.create({}).to(dict[str, str]),
                input_mode="email",
                auto_complete="email",
            ),
            button("Send me a new link", type="submit"),
            on_submit=Screen.ask_again,
            no_validate=True,
            class_name="k-form",
        ),
    )

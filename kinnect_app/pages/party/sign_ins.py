"""Your sign-ins: in which browsers one is signed in, and out of any of them, or of all."""

import reflex as rx

from components.button import button
from components.notice import announcement
from components.page_header import page_header
from components.tag import tag
from kinnect_app.pages.layout import help_for, public_page
from state.ui.party.sign_ins import SignInsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Your sign-ins",
            lead="The browsers that you are signed in with now. If you do not know one of them, "
            "sign out everywhere and change your password at your provider.",
        ),
        announcement(Screen.said),
        rx.cond(
            Screen.loaded,
            rx.el.div(
                rx.el.ul(rx.foreach(Screen.sign_ins, _sign_in), class_name="k-people"),
                rx.el.div(
                    button("Sign out everywhere", kind="secondary", on_click=Screen.end_all),
                    rx.el.span("Also here: you then sign in again.", class_name="k-soft k-small"),
                    class_name="k-actions",
                ),
                class_name="k-narrow",
            ),
            rx.el.p("Reading your sign-ins …", class_name="k-soft", role="status"),
        ),
        help_for("signing-in"),
    )


def _sign_in(one: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(one["browser"]),
            rx.el.span(
                "Signed in ", one["began"], ", last seen ", one["seen"], class_name="k-soft"
            ),
        ),
        rx.cond(
            one["this"] != "",
            tag("This browser", "good"),
            button(
                "Sign out",
                rx.el.span(" of ", one["browser"], class_name="k-hidden"),
                kind="secondary",
                on_click=Screen.end(one["reference"]),
            ),
        ),
    )

"""A private individual proves who they are at a provider. Nobody signs in."""

import reflex as rx

from components.button import link_button
from components.loading import once_loaded
from components.notice import notice
from components.page_header import page_header
from kinnect_app.pages.layout import public_page
from kinnect_app.settings import settings
from state.ui.public.identity_check import IdentityCheckState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        once_loaded(
            Screen.loaded,
            rx.el.div(
                rx.cond(
                    Screen.shown.contains("title"),
                    rx.cond(Screen.shown["title"] != "", _ended(), _begin()),
                    page_header("Prove who you are"),
                ),
                rx.cond(Screen.why != "", notice(Screen.why, tone="bad")),
                class_name="k-narrow k-stack",
            ),
        )
    )


def _begin() -> rx.Component:
    return rx.fragment(
        page_header(
            "Prove who you are",
            lead="You wish to join the market in your own name, so we must know that it is yours.",
        ),
        rx.cond(
            Screen.shown["was_tried"] != "",
            notice(
                "We could not verify you that time. Tries left: ",
                Screen.shown["tries_left"],
                ". Give the name and date of birth that you gave us.",
                tone="warn",
            ),
        ),
        rx.el.p(
            "A provider of identity checks asks you for a passport or a driving licence. It tells "
            "us your name, your date of birth, and how sure it is. We compare them with what you "
            "told us, and keep the result alone."
        ),
        rx.cond(
            Screen.provider != "",
            rx.el.div(
                rx.el.p("The provider: ", rx.el.strong(Screen.provider)),
                rx.el.p("You can begin until ", Screen.shown["expires"], ".", class_name="k-soft"),
                link_button(
                    rx.cond(Screen.shown["was_tried"] != "", "Try again", "Begin the check"),
                    href=f"{settings().doors_at}/auth/identity-start",
                    reload_document=True,
                ),
                class_name="k-stack",
            ),
            notice("We check identities by hand for now. We will write to you.", tone="warn"),
        ),
    )


def _ended() -> rx.Component:
    return rx.fragment(
        page_header(Screen.shown["title"]),
        rx.cond(
            Screen.shown["tone"] == "good",
            notice(Screen.shown["words"], tone="good"),
            notice(Screen.shown["words"], tone="warn"),
        ),
    )

"""Sign in again: before the gravest things a person proves once more who they are."""

import reflex as rx

from components.button import link_button, post_button
from components.page_header import page_header
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, public_page
from kinnect_app.routes import Route
from kinnect_app.settings import settings
from state.ui.public.sign_in_again import SignInAgainState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Sign in again",
            lead="Money, signatories and leaving the market need a fresh sign-in. Before you go "
            "on, prove once more that it is you.",
        ),
        rx.cond(
            Screen.name != "",
            rx.el.div(
                rx.el.p(
                    "You go on to ",
                    rx.el.strong(_page_name()),
                    ". For the next ",
                    Screen.minutes,
                    " minutes you are not asked again.",
                ),
                rx.el.div(
                    rx.cond(Screen.provider, _at_the_provider(), _in_development()),
                    link_button("Not now", href=routes.ACCOUNT.path, kind="quiet"),
                    class_name="k-actions",
                ),
                class_name="k-narrow",
            ),
        ),
        help_for("signing-in"),
    )


def _page_name() -> rx.Var[str]:
    titles = [
        (page.path, page.title)
        for page in vars(routes).values()
        if isinstance(page, Route) and page.path != routes.HOME.path
    ]
    return rx.match(Screen.for_page, *titles, "the page you were on")


def _at_the_provider() -> rx.Component:
    return link_button(
        "Sign in again with your organisation",
        href=settings().doors_at + Screen.provider_link,
        reload_document=True,
    )


def _in_development() -> rx.Component:
    return post_button(
        "Sign in again as ",
        Screen.name,
        action=f"{settings().doors_at}/auth/development/again",
        kind="primary",
        hidden={"person": Screen.subject, "next": Screen.next_page},
    )

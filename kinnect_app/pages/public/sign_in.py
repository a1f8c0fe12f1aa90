"""Sign in: at the identity provider, or on a developer's machine as a person of the demo market."""

import reflex as rx

from components.button import link_button, post_button
from components.notice import empty_state, notice
from components.page_header import page_header, section
from components.tag import tag
from kinnect_app.pages.layout import help_for, public_page
from kinnect_app.settings import settings
from state.ui.public.sign_in import SignInState

on_load = SignInState.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header("Sign in"),
        rx.cond(SignInState.why != "", _why()),
        rx.cond(
            SignInState.provider,
            rx.el.div(
                rx.el.p("You sign in with your organisation's account, then come back here."),
                link_button(
                    "Sign in with your organisation",
                    href=settings().doors_at + SignInState.provider_link,
                    reload_document=True,
                ),
                class_name="k-narrow k-stack",
            ),
        ),
        rx.cond(SignInState.company_people.length() > 0, _development()),
        rx.cond(
            ~SignInState.provider & (SignInState.company_people.length() == 0),
            empty_state(
                "No way in is set up yet.",
                rx.el.p(
                    "Whoever runs this installation can configure an identity provider, or seed "
                    "the demo market on their own machine with ",
                    rx.el.code("kinnect demo"),
                    ".",
                ),
            ),
        ),
        help_for("signing-in"),
    )


def _why() -> rx.Component:
    return rx.match(
        SignInState.tone,
        ("info", rx.el.div(notice(SignInState.why), role="status")),
        rx.el.div(notice(SignInState.why, tone="bad"), role="alert"),
    )


def _development() -> rx.Component:
    return rx.el.div(
        notice(
            tag("Development sign-in", "warn"),
            rx.el.span(
                " On this machine anyone may be any person of the demo market. It cannot be "
                "reached from elsewhere, and is off in production."
            ),
            tone="warn",
        ),
        section("People of companies", _people(SignInState.company_people)),
        section("The operator's staff", _people(SignInState.staff_people)),
        class_name="k-stack",
    )


def _people(people: rx.Var[list[dict[str, str]]]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(
            people,
            lambda person: rx.el.li(
                rx.el.div(
                    rx.el.strong(person["name"]), rx.el.span(person["acts"], class_name="k-soft")
                ),
                post_button(
                    "Sign in",
                    rx.el.span(" as ", person["name"], class_name="k-hidden"),
                    action=f"{settings().doors_at}/auth/development",
                    kind="secondary",
                    hidden={"person": person["subject"], "next": SignInState.next_page},
                ),
            ),
        ),
        class_name="k-people",
    )

"""A page that this person may not open: why, by which rule, and what to do about it."""

import reflex as rx

from components.button import link_button
from components.notice import notice
from components.page_header import page_header
from components.summary_list import summary_list
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.not_allowed import NotAllowedState as Screen
from state.ui.session import SessionState

on_load = Screen.load

_UNNAMED = (
    "It needs a right that you do not have, or it belongs to another company. At a company a "
    "Category A colleague gives rights; among staff an administrator does."
)


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header("You cannot open this page"),
        rx.cond(
            SessionState.looking_at != "",
            notice(
                "You look at the pages of ",
                SessionState.looking_at,
                " as it does: stop looking to change anything.",
                tone="warn",
            ),
        ),
        rx.cond(Screen.activity != "", _refusal(), rx.el.p(_remedy())),
        rx.el.div(
            rx.cond(
                SessionState.is_staff,
                link_button("Back to the queues", href=routes.QUEUES.path),
                link_button("Choose a company", href=routes.CHOOSE_COMPANY.path),
            ),
            link_button("Sign in as someone else", href=routes.SIGN_IN.path, kind="secondary"),
            class_name="k-actions",
        ),
    )


def _remedy() -> rx.Var[str]:
    return rx.cond(Screen.remedy != "", Screen.remedy, _UNNAMED)


def _refusal() -> rx.Component:
    return summary_list(
        ("It needs the right to", Screen.activity),
        ("Who has it", _holders()),
        ("How to put it right", Screen.remedy),
        ("The rule", _rule()),
        ("If this is wrong", _appeal()),
    )


def _holders() -> rx.Component:
    return rx.cond(
        Screen.who_may.length() > 0,
        rx.el.ul(rx.foreach(Screen.who_may, rx.el.li), class_name="k-plain-list"),
        "Nobody on a page",
    )


def _rule() -> rx.Component:
    return rx.el.span(
        rx.el.a(routes.WHO_CAN_DO_WHAT.title, href=routes.WHO_CAN_DO_WHAT.path),
        ", in force since ",
        Screen.since,
    )


def _appeal() -> rx.Component:
    return rx.el.span(
        "Tell us what you wanted to do: ",
        rx.el.a("help and contact", href=routes.GUIDANCE.path),
        ".",
    )

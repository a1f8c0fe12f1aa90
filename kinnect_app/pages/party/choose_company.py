"""Choose the company to act for."""

import reflex as rx

from components.button import button
from components.notice import empty_state
from components.page_header import page_header
from kinnect_app.pages.layout import public_page
from state.ui.party.choose_company import ChooseCompanyState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Which company are you acting for?",
            lead="You act for one company at a time. Its name stays on the screen.",
        ),
        rx.cond(
            Screen.companies.length() > 0,
            rx.el.ul(rx.foreach(Screen.companies, _company), class_name="k-people"),
            empty_state(
                "You do not belong to a company yet.",
                rx.el.p("A Category A colleague can invite you."),
            ),
        ),
    )


def _company(company: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(company["name"]),
            rx.el.span("as ", company["capacity"], class_name="k-soft"),
        ),
        button(
            "Act for ",
            company["name"],
            kind="secondary",
            on_click=Screen.choose(company["public_id"]),
        ),
    )

"""Help: what is asked often, guidance, and whom to ask."""

import reflex as rx

from components.contents import with_contents
from components.entries import answers
from components.loading import once_loaded
from components.notice import empty_state
from components.page_header import page_header, section
from components.search_form import search_form
from kinnect_app import routes
from kinnect_app.pages.layout import need_help, public_page
from state.domain.public_content import TOPICS
from state.ui.public.guidance import GuidanceState as Screen

on_load = Screen.load

_PARTS = [
    ("questions", "Questions"),
    ("guidance", "Guidance"),
    ("need-help", "Need help"),
]


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Help",
            lead="Search for a word, or choose what it is about. What you do not find, ask us.",
        ),
        once_loaded(
            Screen.loaded,
            search_form("Search help", Screen.search, on_submit=Screen.find),
            _topics(),
            rx.el.div(rx.cond(Screen.found != "", _found()), role="status"),
            with_contents(_PARTS, _questions(), _guidance(), need_help()),
        ),
    )


def _topics() -> rx.Component:
    return rx.el.nav(
        *(
            rx.el.a(
                words,
                href=f"{routes.GUIDANCE.path}?topic={topic}",
                custom_attrs={"aria-current": rx.cond(Screen.topic == words, "page", "false")},
            )
            for topic, words in TOPICS.items()
        ),
        aria_label="Topics",
        class_name="k-topics",
    )


def _found() -> rx.Component:
    return rx.el.p(
        rx.el.strong(Screen.found),
        rx.cond(Screen.topic != "", rx.fragment(" about ", Screen.topic)),
        rx.cond(Screen.search != "", rx.fragment(" for “", Screen.search, "”")),
        ". ",
        rx.el.a("Show all", href=routes.GUIDANCE.path),
    )


def _questions() -> rx.Component:
    return section(
        "Questions",
        rx.cond(
            Screen.questions.length() > 0,
            answers(Screen.questions),
            rx.cond(
                Screen.guidance.length() > 0,
                rx.el.p("No question about this yet.", class_name="k-soft"),
                empty_state("Nothing fits. Try another word, or ask us below."),
            ),
        ),
        anchor="questions",
    )


def _guidance() -> rx.Component:
    return section(
        "Guidance",
        rx.cond(
            Screen.guidance.length() > 0,
            answers(Screen.guidance),
            rx.el.p("No guidance about this yet.", class_name="k-soft"),
        ),
        anchor="guidance",
    )

"""Give feedback: what works, and what does not."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, field, select_field, text_area
from components.loading import once_loaded
from components.notice import panel
from components.page_header import page_header
from components.trap import trap
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.domain.feedback import AREAS, RATINGS
from state.ui.public.feedback import FeedbackState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        rx.cond(
            Screen.reference != "",
            _sent(),
            rx.fragment(
                page_header(
                    "Give feedback",
                    lead="What works, what does not, and what you miss. People read all of it.",
                ),
                once_loaded(
                    Screen.loaded, rx.el.div(_form(), _guidance(), class_name="k-two-thirds")
                ),
            ),
        )
    )


def _form() -> rx.Component:
    return rx.el.div(
        error_summary(Screen.problems),
        rx.el.form(
            select_field(
                "area", "What is it about?", list(AREAS.items()), problems=Screen.problems
            ),
            choices(
                "rating",
                "How good is it?",
                [(value, words, "") for value, words in RATINGS.items()],
                problems=Screen.problems,
                kind="radio",
            ),
            text_area(
                "text",
                "Your feedback",
                hint="Up to 2,000 characters. Leave out passwords, bank details and other people's "
                "names.",
                rows=6,
                problems=Screen.problems,
            ),
            field(
                "email",
                "Email address (optional)",
                hint="Only if you wish for an answer",
                problems=Screen.problems,
                input_mode="email",
                auto_complete="email",
            ),
            trap(),
            button("Send your feedback", type="submit"),
            on_submit=Screen.send,
            no_validate=True,
            class_name="k-form",
        ),
    )


def _guidance() -> rx.Component:
    return rx.el.aside(
        rx.el.h2("What happens to it", class_name="k-form-title"),
        rx.el.ol(
            rx.el.li("You get a reference."),
            rx.el.li("Our participant management team reads it and decides what to do."),
            rx.el.li("If you gave an address, you have an answer within five Working Days."),
        ),
        rx.el.p("We remove your address after twelve months."),
        rx.el.p(
            "Does something not work right now? ",
            rx.el.a("Ask us", href=f"{routes.GUIDANCE.path}"),
            " instead.",
        ),
        class_name="k-guidance",
    )


def _sent() -> rx.Component:
    return rx.fragment(
        panel(
            "Thank you for your feedback",
            rx.el.p("Your reference"),
            rx.el.p(Screen.reference, class_name="k-reference"),
        ),
        rx.el.div(
            rx.cond(Screen.due != "", rx.el.p("We will answer by ", rx.el.strong(Screen.due), ".")),
            rx.el.p("Would you like to see drafts before anyone, and say what you need?"),
            rx.el.div(
                link_button("Join the user group", href=routes.USER_GROUP.path),
                link_button("See what's next", href=routes.ROADMAP.path, kind="secondary"),
                class_name="k-actions",
            ),
            class_name="k-narrow k-stack",
        ),
    )

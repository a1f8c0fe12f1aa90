"""The user group: join by a mailed link, and leave by the same."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, field
from components.loading import one_moment
from components.notice import empty_state, panel
from components.page_header import page_header
from components.trap import trap
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.domain.user_group import INTERESTS
from state.ui.public.user_group import UserGroupState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        rx.match(
            Screen.step,
            ("form", _join()),
            ("sent", _sent()),
            ("confirm", _confirm()),
            ("member", _member()),
            ("left", _left()),
            ("nowhere", _nowhere()),
            rx.fragment(
                page_header("The user group"),
                one_moment(),
            ),
        )
    )


def _join() -> rx.Component:
    return rx.fragment(
        page_header(
            "The user group",
            lead="People who use the service and help to make it better. They see drafts before "
            "anyone, and say what they need.",
        ),
        rx.el.div(_form(), _guidance(), class_name="k-two-thirds"),
    )


def _form() -> rx.Component:
    return rx.el.div(
        error_summary(Screen.problems),
        rx.el.form(
            field("name", "Full name", problems=Screen.problems, auto_complete="name"),
            field(
                "email",
                "Email address",
                hint="We send a link to it. Until you open it and press the button, you are not in "
                "the group",
                problems=Screen.problems,
                input_mode="email",
                auto_complete="email",
            ),
            field(
                "organisation",
                "Organisation (optional)",
                problems=Screen.problems,
                auto_complete="organization",
            ),
            choices(
                "interests",
                "What interests you?",
                [(key, words, "") for key, words in INTERESTS.items()],
                hint="Select all that apply",
                problems=Screen.problems,
            ),
            trap(),
            button("Ask to join", type="submit"),
            on_submit=Screen.send,
            no_validate=True,
            class_name="k-form",
        ),
    )


def _guidance() -> rx.Component:
    return rx.el.aside(
        rx.el.h2("What you can expect", class_name="k-form-title"),
        rx.el.ul(
            rx.el.li("About one mail a month."),
            rx.el.li("Drafts to try, an hour at most, whenever it suits you."),
            rx.el.li("You leave when you like, by the link of your mail."),
        ),
        rx.el.p(
            "We use your address for the group alone. Whoever does not confirm is removed after "
            "seven days."
        ),
        class_name="k-guidance",
    )


def _sent() -> rx.Component:
    return rx.fragment(
        panel(
            "Look at your mail",
            rx.el.p("We sent a link to ", rx.el.strong(Screen.address), "."),
        ),
        rx.el.p(
            "Open it and press the button to join. If nothing comes within some minutes, look "
            "where your mail keeps what it takes for advertising, or ask again in half an hour.",
            class_name="k-narrow",
        ),
    )


def _confirm() -> rx.Component:
    return rx.el.div(
        page_header("Join the user group"),
        rx.el.p("This link was sent to ", rx.el.strong(Screen.address), "."),
        rx.el.p("It works until ", Screen.until, "."),
        rx.el.div(button("Yes, I join", on_click=Screen.confirm), class_name="k-actions"),
        class_name="k-narrow k-stack",
    )


def _member() -> rx.Component:
    return rx.fragment(
        panel("You are in the user group", rx.el.p("As ", rx.el.strong(Screen.address), ".")),
        rx.el.div(
            rx.el.p("Keep the mail: its link lets you leave whenever you like."),
            rx.el.div(
                link_button("See what's next", href=routes.ROADMAP.path),
                button("Leave the user group", kind="quiet", on_click=Screen.leave),
                class_name="k-actions",
            ),
            class_name="k-narrow k-stack",
        ),
    )


def _left() -> rx.Component:
    return panel(
        "You have left the user group",
        rx.el.p("Your name and address are removed. Thank you for your help."),
    )


def _nowhere() -> rx.Component:
    return rx.fragment(
        page_header("The user group"),
        empty_state(
            "This link no longer leads anywhere.",
            rx.el.p("It has run out, a newer mail has replaced it, or you have left the group."),
            link_button("Ask for a new one", href=routes.USER_GROUP.path),
        ),
    )

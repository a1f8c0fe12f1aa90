"""Yes or no, with a reason that the company reads."""

import reflex as rx

from components.button import button
from components.field import choices, text_area
from components.page_header import section


def decision_form(problems: rx.Var[dict[str, str]], *, on_submit: rx.EventHandler) -> rx.Component:
    """The form of a decision: answers `decision` (accept or decline) and `reason`."""
    return section(
        "Your decision",
        rx.el.form(
            choices(
                "decision",
                "What do you decide?",
                [("accept", "Accept", ""), ("decline", "Decline", "A reason is needed")],
                problems=problems,
                kind="radio",
            ),
            text_area(
                "reason",
                "What shall we tell the company?",
                hint="They read this as you write it. Up to 500 characters.",
                problems=problems,
            ),
            button("Send the decision", type="submit"),
            on_submit=on_submit,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )

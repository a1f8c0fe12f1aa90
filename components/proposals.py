"""What one member of staff proposes and another agrees to: a table, and its buttons."""

from typing import Any

import reflex as rx

from components.button import button
from components.notice import empty_state
from components.table import table
from components.tag import tag


def proposals(screen: Any) -> rx.Component:  # noqa: ANN401  # its state
    """What was proposed, and what one may do about it; `screen` agrees, refuses and withdraws."""
    return rx.cond(
        screen.proposals.length() > 0,
        table(
            "Proposals",
            [("What", "text"), ("State", "text"), ("Proposed by", "text"), ("", "text")],
            screen.proposals,
            lambda one: [
                rx.el.span(one["what"], rx.el.span(one["reason"], class_name="k-under")),
                rx.el.span(
                    tag(one["status"], one["tone"]),
                    rx.cond(
                        one["decided_by"] != "",
                        rx.el.span("By ", one["decided_by"], class_name="k-under"),
                    ),
                ),
                rx.el.span(one["by"], rx.el.span(one["at"], class_name="k-under")),
                _what_to_do(screen, one),
            ],
        ),
        empty_state("Nothing is proposed."),
    )


def _what_to_do(screen: Any, one: rx.Var) -> rx.Component:  # noqa: ANN401
    named = rx.el.span(" ", one["what"], class_name="k-hidden")
    return rx.el.div(
        rx.cond(
            one["decide"] != "",
            rx.fragment(
                button("Agree", named, kind="secondary", on_click=screen.agree(one["public_id"])),
                button("Refuse", named, kind="quiet", on_click=screen.refuse(one["public_id"])),
            ),
        ),
        rx.cond(
            one["withdraw"] != "",
            button("Take back", named, kind="quiet", on_click=screen.withdraw(one["public_id"])),
        ),
        class_name="k-cell-actions",
    )

"""What webhooks were sent last, and how it went."""

import reflex as rx

from components.button import button
from components.page_header import section
from components.table import table
from components.tag import tag


def deliveries(
    rows: rx.Var[list[dict[str, str]]],
    *,
    look_again: rx.EventHandler,
    replay: rx.EventHandler,
    may_replay: rx.Var[bool],
) -> rx.Component:
    """The rows, the newest first: event, url, at, tries, state, tone, answer, public_id."""
    return rx.cond(
        rows.length() > 0,
        section(
            "Last deliveries",
            rx.el.div(
                button("Look again", kind="quiet", on_click=look_again), class_name="k-actions"
            ),
            table(
                "What webhooks were sent",
                [
                    ("Event", "text"),
                    ("To", "text"),
                    ("When", "text"),
                    ("Tries", "figure"),
                    ("State", "text"),
                    ("Answer", "text"),
                    ("", "text"),
                ],
                rows,
                lambda one: [
                    rx.el.span(one["event"], class_name="k-mono"),
                    rx.el.span(one["url"], class_name="k-mono"),
                    one["at"],
                    one["tries"],
                    tag(one["state"], one["tone"]),
                    one["answer"],
                    rx.cond(
                        may_replay,
                        button("Send again", kind="quiet", on_click=replay(one["public_id"])),
                    ),
                ],
            ),
        ),
    )

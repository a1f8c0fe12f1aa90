"""A term of the Code: a dotted underline that opens its one-sentence meaning and its paragraph."""

import re

import reflex as rx


def term(text: str, meaning: str, source: str = "") -> rx.Component:
    """The browser's own popover: no script, closes with Escape, reachable by keyboard."""
    name = "term-" + re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return rx.el.span(
        rx.el.button(
            text,
            type="button",
            class_name="k-term",
            custom_attrs={"popoverTarget": name},
        ),
        rx.el.span(
            rx.el.strong(text, class_name="k-term-name"),
            rx.el.span(meaning),
            rx.el.span(source, class_name="k-mono k-term-source") if source else None,
            id=name,
            class_name="k-popover",
            custom_attrs={"popover": "auto"},
        ),
    )

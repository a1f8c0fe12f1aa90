"""Looking for something in a list: a box and a button, on one line."""

import reflex as rx

from components.button import button


def search_form(label: str, search: rx.Var[str], *, on_submit: rx.EventHandler) -> rx.Component:
    """Answers `search`. A new one is shown, unless something was typed since (`search.js`)."""
    return rx.el.form(
        rx.el.label(label, html_for="search"),
        rx.el.input(
            id="search",
            name="search",
            type="search",
            default_value=search,
            class_name="k-input k-width-20",
        ),
        button("Search", type="submit", kind="secondary"),
        on_submit=on_submit,
        class_name="k-search",
        role="search",
    )

"""The way from a figure to an alert on it."""

import reflex as rx

from components.button import link_button


def tell_me_when(href: str | rx.Var[str]) -> rx.Component:
    """A link to the page of alerts, where what is looked at is chosen already."""
    return link_button(
        rx.icon("bell-plus", size=16, aria_hidden="true"),
        "Tell me when …",
        href=href,
        kind="secondary",
    )

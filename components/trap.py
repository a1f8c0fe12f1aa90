"""A box that people do not see and programs fill in."""

import reflex as rx


def trap() -> rx.Component:
    """Answers `website`: whoever fills it in is no person."""
    return rx.el.div(
        rx.el.label("Leave this empty", html_for="website"),
        rx.el.input(id="website", name="website", tab_index=-1, auto_complete="off"),
        class_name="k-trap",
        aria_hidden="true",
    )

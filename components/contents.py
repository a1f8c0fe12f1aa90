"""What is on a page of more than two parts: each part by its heading, which then has the focus."""

import reflex as rx

Part = tuple[str, str]
"""The anchor of a part (`section(…, anchor=…)`), and its heading."""


def contents_list(parts: list[Part]) -> rx.Component:
    """The list. `assets/focus.js` moves the focus, and not the view alone."""
    return rx.el.nav(
        rx.el.p("On this page", class_name="k-over", id="on-this-page"),
        rx.el.ul(
            *(rx.el.li(rx.el.a(heading, href=f"#{anchor}")) for anchor, heading in parts),
        ),
        custom_attrs={"aria-labelledby": "on-this-page"},
        class_name="k-contents",
    )


def with_contents(parts: list[Part], *content: rx.Component) -> rx.Component:
    """The parts of a page, and the list of them at their side; on a phone it comes first."""
    return rx.el.div(contents_list(parts), rx.el.div(*content), class_name="k-with-contents")

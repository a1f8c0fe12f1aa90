"""The way one came: each step a link back, the last one where one is."""

import reflex as rx


def breadcrumb(steps: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """`steps` are {text, href}."""
    last = steps.length() - 1
    return rx.el.nav(
        rx.el.ol(
            rx.foreach(
                steps,
                lambda step, index: rx.el.li(
                    rx.cond(
                        index == last,
                        rx.el.span(step["text"], custom_attrs={"aria-current": "page"}),
                        rx.el.a(step["text"], href=step["href"]),
                    )
                ),
            ),
        ),
        aria_label="The way here",
        class_name="k-breadcrumb",
    )

"""A choice of few that are seen at once: each is a link, so that the address holds the choice."""

import reflex as rx


def segmented(label: str, options: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """`options` are {text, href, current}: `current` is "page" for the one that is chosen."""
    return rx.el.nav(
        rx.foreach(
            options,
            lambda option: rx.el.a(
                option["text"],
                href=option["href"],
                custom_attrs={"aria-current": option["current"]},
            ),
        ),
        aria_label=label,
        class_name="k-segmented",
    )

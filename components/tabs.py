"""The parts of a subject, side by side: each is a page of its own, and the one shown is marked."""

import reflex as rx


def tabs(label: str, links: list[tuple[str, str]], *, here: str) -> rx.Component:
    """`links` are (words, path); `here` is the path of the page that is shown, or of its list."""
    return rx.el.nav(
        *(
            rx.el.a(
                words,
                href=path,
                custom_attrs={"aria-current": "page" if path == here else "false"},
            )
            for words, path in links
        ),
        aria_label=label,
        class_name="k-tabs k-subject-tabs",
    )

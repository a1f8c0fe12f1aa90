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


def either_of(name: str, legend: str, options: tuple[tuple[str, str], ...]) -> rx.Component:
    """A question with few short answers, side by side: (value, words), the first ticked."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="k-label"),
        rx.el.div(
            *(
                rx.el.label(
                    rx.el.input(
                        type="radio",
                        name=name,
                        value=value,
                        default_checked=(value == options[0][0]),
                    ),
                    rx.el.span(words),
                )
                for value, words in options
            ),
            class_name="k-either",
        ),
    )

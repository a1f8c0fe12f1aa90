"""The last days of a dataset in one small picture: a cell a day, by its height as by its colour."""

import reflex as rx

_MEANS = (
    ("f", "whole"),
    ("p", "in part"),
    ("n", "missing"),
    ("s", "has rows"),
    ("-", "nothing expected"),
)


def day_strip(days: rx.Var[str], label: rx.Var[str]) -> rx.Component:
    """`days` has a letter a day, oldest first: f whole, p in part, n missing, s rows, - nothing."""
    return rx.el.span(
        rx.foreach(
            days.to(str).split(""), lambda day: rx.el.span(class_name="k-day k-day-" + day.to(str))
        ),
        class_name="k-days",
        role="img",
        aria_label=label,
        title=label,
    )


def day_strip_key() -> rx.Component:
    """What the cells mean."""
    return rx.el.ul(
        *(
            rx.el.li(
                rx.el.span(
                    rx.el.span(class_name=f"k-day k-day-{letter}"),
                    class_name="k-days",
                    aria_hidden="true",
                ),
                words.capitalize(),
            )
            for letter, words in _MEANS
        ),
        class_name="k-days-key",
        aria_label="What the cells mean",
    )

"""The day that a page shows: a step back, its words, a step on, and any other day."""

from typing import NamedTuple

import reflex as rx


class DayVars(NamedTuple):
    """The day as an address and in words; where the days beside it are, or nothing."""

    day: rx.Var[str]
    words: rx.Var[str]
    previous: rx.Var[str]
    following: rx.Var[str]


def day_bar(shown: DayVars, *, on_date: rx.EventHandler) -> rx.Component:
    """Steps are links, so that the address holds the day."""
    return rx.el.div(
        rx.el.div(
            _step("Day before", "chevron-left", shown.previous),
            rx.el.span(shown.words, class_name="k-range-words k-figures"),
            _step("Day after", "chevron-right", shown.following),
            class_name="k-range-steps",
        ),
        rx.el.label(
            rx.el.span("Settlement Date", class_name="k-hidden"),
            rx.el.input(
                type="date",
                value=shown.day,
                on_change=on_date,
                class_name="k-input k-range-date",
            ),
        ),
        class_name="k-range",
    )


def _step(words: str, icon: str, href: rx.Var[str]) -> rx.Component:
    picture = rx.icon(icon, size=18, aria_hidden="true")
    return rx.cond(
        href != "",
        rx.el.a(picture, href=href, aria_label=words, class_name="k-icon-button k-range-step"),
        rx.el.span(picture, class_name="k-icon-button k-range-step k-range-none"),
    )

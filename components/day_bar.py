"""The day that a page shows: a step back, its words, a step on, and any other day."""

from typing import NamedTuple

import reflex as rx

from components.steps import date_box, steps


class DayVars(NamedTuple):
    """The day as an address and in words; where the days beside it are, or nothing."""

    day: rx.Var[str]
    words: rx.Var[str]
    previous: rx.Var[str]
    following: rx.Var[str]


def day_bar(shown: DayVars, *, on_date: rx.EventHandler) -> rx.Component:
    """Steps are links, so that the address holds the day."""
    return rx.el.div(
        steps(
            shown.words,
            before=("Day before", shown.previous),
            after=("Day after", shown.following),
        ),
        date_box("Settlement Date", shown.day, on_date=on_date),
        class_name="k-range",
    )

"""Where in time a chart looks: the ranges, one step back and forth, a date, the latest."""

from dataclasses import dataclass

import reflex as rx

from components.segmented import segmented
from components.steps import date_box, steps


@dataclass(frozen=True, slots=True)
class RangeVars:
    """What the bar shows. An empty address means that there is nowhere to go."""

    ranges: rx.Var[list[dict[str, str]]]
    words: rx.Var[str]
    date: rx.Var[str]
    previous: rx.Var[str]
    following: rx.Var[str]
    latest: rx.Var[str]


def range_vars(screen: type[rx.State]) -> RangeVars:
    """The bar's Vars of a screen that has them all by these names."""
    return RangeVars(**{name: getattr(screen, name) for name in RangeVars.__slots__})


def range_bar(shown: RangeVars, *more: rx.Component, on_date: rx.EventHandler) -> rx.Component:
    """One line of controls over a chart."""
    return rx.el.div(
        segmented("Range", shown.ranges),
        steps(shown.words, before=("Earlier", shown.previous), after=("Later", shown.following)),
        date_box("Date", shown.date, on_date=on_date),
        rx.cond(
            shown.latest != "",
            rx.el.a("Latest", href=shown.latest, class_name="k-button k-button-secondary"),
        ),
        *more,
        class_name="k-range",
    )

"""Where in time a chart looks: the ranges, one step back and forth, a date, the latest."""

from dataclasses import dataclass

import reflex as rx

from components.segmented import segmented


@dataclass(frozen=True, slots=True)
class RangeVars:
    """What the bar shows. An empty address means that there is nowhere to go."""

    ranges: rx.Var[list[dict[str, str]]]
    words: rx.Var[str]
    date: rx.Var[str]
    previous: rx.Var[str]
    following: rx.Var[str]
    latest: rx.Var[str]


def range_bar(shown: RangeVars, *more: rx.Component, on_date: rx.EventHandler) -> rx.Component:
    """One line of controls over a chart."""
    return rx.el.div(
        segmented("Range", shown.ranges),
        rx.el.div(
            _step("Earlier", "chevron-left", shown.previous),
            rx.el.span(shown.words, class_name="k-range-words k-figures"),
            _step("Later", "chevron-right", shown.following),
            class_name="k-range-steps",
        ),
        rx.el.label(
            rx.el.span("Date", class_name="k-hidden"),
            rx.el.input(
                type="date",
                value=shown.date,
                on_change=on_date,
                class_name="k-input k-range-date",
            ),
        ),
        rx.cond(
            shown.latest != "",
            rx.el.a("Latest", href=shown.latest, class_name="k-button k-button-secondary"),
        ),
        *more,
        class_name="k-range",
    )


def _step(words: str, icon: str, href: rx.Var[str]) -> rx.Component:
    picture = rx.icon(icon, size=18, aria_hidden="true")
    return rx.cond(
        href != "",
        rx.el.a(picture, href=href, aria_label=words, class_name="k-icon-button k-range-step"),
        rx.el.span(picture, class_name="k-icon-button k-range-step k-range-none"),
    )

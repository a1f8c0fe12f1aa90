"""The head of a settled day: the day, its run, what it comes to, and the ways from here."""

from dataclasses import dataclass

import reflex as rx

from components.segmented import segmented
from components.steps import step_back, step_on
from components.tag import tag


@dataclass(frozen=True, slots=True)
class DayVars:
    """What the head shows. An empty address means that there is nowhere to go."""

    title: rx.Var[str]
    run_name: rx.Var[str]
    published: rx.Var[str]
    replaced: rx.Var[str]
    net: rx.Var[str]
    net_direction: rx.Var[str]
    previous: rx.Var[str]
    following: rx.Var[str]
    runs: rx.Var[list[dict[str, str]]]
    tabs: rx.Var[list[dict[str, str]]]


def day_vars(screen: type[rx.State]) -> DayVars:
    """The head's Vars of a screen that has them all by these names."""
    return DayVars(**{name: getattr(screen, name) for name in DayVars.__slots__})


def settled_day_head(day: DayVars, *, with_runs: bool = True) -> rx.Component:
    """Title, run, net, steps to the days beside it, and the tabs of the day."""
    return rx.fragment(
        rx.el.header(
            rx.el.div(
                rx.el.p(
                    rx.el.a("Settlement", href="/settlement"),
                    " · Settlement Date",
                    class_name="k-over",
                ),
                rx.el.div(
                    step_back("Day before", day.previous),
                    rx.el.h1(day.title, class_name="k-title k-figures"),
                    step_on("Day after", day.following),
                    class_name="k-day-title",
                ),
                rx.el.p(
                    rx.el.span(day.run_name),
                    rx.el.span(day.published, class_name="k-soft"),
                    rx.cond(day.replaced != "", tag(day.replaced, "warn")),
                    class_name="k-day-run k-figures",
                ),
            ),
            rx.el.div(
                amount_headline("Net of the day", day.net, day.net_direction),
                class_name="k-header-aside",
            ),
            class_name="k-page-header",
        ),
        rx.el.div(
            tabs("Parts of the day", day.tabs),
            rx.cond(
                day.runs.length() > 1,
                rx.el.div(
                    rx.el.span("Run", class_name="k-small k-soft", aria_hidden="true"),
                    segmented("Run", day.runs),
                    class_name="k-day-runs",
                ),
            )
            if with_runs
            else None,
            class_name="k-day-bar",
        ),
    )


def amount_headline(
    label: str | rx.Var, amount: rx.Var[str], direction: rx.Var[str]
) -> rx.Component:
    """One amount of money, with who pays in words."""
    return rx.el.dl(
        rx.el.div(
            rx.el.dt(label),
            rx.el.dd(
                rx.el.span(amount, class_name="k-fig-value k-figures"),
                direction_words(direction),
            ),
            class_name="k-fig",
        ),
        class_name="k-figs k-headline",
    )


def direction_words(direction: rx.Var[str]) -> rx.Component:
    """You are paid, or you pay: the word first, its colour only beside it."""
    return rx.el.span(
        direction,
        class_name=rx.match(
            direction,
            ("You are paid", "k-direction k-direction-paid"),
            ("You pay", "k-direction k-direction-pays"),
            "k-direction",
        ),
    )


def tabs(label: str, options: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """Pages about one thing: each a link; `current` is "page" for the one that is open."""
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
        class_name="k-tabs",
    )

"""Steps through time: one back, where one is, one on; and any other day."""

import reflex as rx


def steps(
    words: rx.Var[str],
    *beside: rx.Component,
    before: tuple[str, rx.Var[str]],
    after: tuple[str, rx.Var[str]],
) -> rx.Component:
    """The words of where one is between two steps, each (what it is called, its address)."""
    return rx.el.div(
        step_back(*before),
        rx.el.span(words, class_name="k-range-words k-figures"),
        step_on(*after),
        *beside,
        class_name="k-range-steps",
    )


def step_back(words: str, href: rx.Var[str]) -> rx.Component:
    """A link to what was before; where the address is empty there is nowhere to go."""
    return _step(words, "chevron-left", href)


def step_on(words: str, href: rx.Var[str]) -> rx.Component:
    """A link to what comes after, or nowhere."""
    return _step(words, "chevron-right", href)


def date_box(label: str, day: rx.Var[str], *, on_date: rx.EventHandler) -> rx.Component:
    """Any day: `label` is read out, `day` is as an address has it."""
    return rx.el.label(
        rx.el.span(label, class_name="k-hidden"),
        rx.el.input(type="date", value=day, on_change=on_date, class_name="k-input k-range-date"),
    )


def _step(words: str, icon: str, href: rx.Var[str]) -> rx.Component:
    picture = rx.icon(icon, size=18, aria_hidden="true")
    return rx.cond(
        href != "",
        rx.el.a(picture, href=href, aria_label=words, class_name="k-icon-button k-range-step"),
        rx.el.span(picture, class_name="k-icon-button k-range-step k-range-none"),
    )

"""Something to know: said once, in place, and read out by a screen reader."""

import reflex as rx


def notice(*content: rx.Component | rx.Var | str, tone: str = "info") -> rx.Component:
    """A quiet box. Tones: info, good, warn, bad."""
    return rx.el.div(*content, role="note", class_name=f"k-notice k-notice-{tone}")


def announcement(text: rx.Var[str]) -> rx.Component:
    """What just happened, in a live region that is always there."""
    return rx.el.div(
        rx.cond(text != "", rx.el.div(text, class_name="k-notice k-notice-good")),
        role="status",
        aria_live="polite",
    )


def panel(title: str, *content: rx.Component | str) -> rx.Component:
    """The end of a journey: it worked, and this is the reference."""
    return rx.el.section(
        rx.el.h1(title, class_name="k-panel-title"), *content, class_name="k-panel"
    )


def empty_state(title: str | rx.Var | rx.Component, *content: rx.Component | str) -> rx.Component:
    """Nothing here: why, and what to do next."""
    return rx.el.div(rx.el.p(title, class_name="k-empty-title"), *content, class_name="k-empty")


def not_taken_in(nothing: str, command: str) -> rx.Component:
    """None of these data are held: the command that would take them in."""
    return empty_state(
        nothing, rx.el.p("Whoever runs this installation can do so: ", rx.el.code(command))
    )


def unless_closed(
    closed: rx.Var[str], *content: rx.Component, empty: rx.Var[bool], otherwise: rx.Component
) -> rx.Component:
    """Published data, unless they are closed, which is told, or there are none as yet."""
    return rx.cond(
        closed != "", empty_state(closed), rx.cond(empty, otherwise, rx.fragment(*content))
    )


def missing_page(title: str | rx.Var, *content: rx.Component | str) -> rx.Component:
    """What the address names is not there: all that the page says, so its heading too."""
    return rx.el.div(rx.el.h1(title, class_name="k-empty-title"), *content, class_name="k-empty")

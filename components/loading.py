"""What a page shows while its figures are on their way, and where there turn out to be none."""

import reflex as rx

from components.notice import empty_state


def once_loaded(
    loaded: rx.Var[bool],
    *content: rx.Component,
    found: rx.Var[bool] | None = None,
    nothing: str | rx.Var | rx.Component = "",
) -> rx.Component:
    """The content once it has loaded; where `found` is given and false, that there is nothing."""
    shown = content[0] if len(content) == 1 else rx.fragment(*content)
    if found is not None:
        none = nothing if isinstance(nothing, rx.Component) else empty_state(nothing)
        shown = rx.cond(found, shown, none)
    return rx.cond(loaded, shown, one_moment())


def one_moment() -> rx.Component:
    """It is on its way; said to who cannot see the page too."""
    return rx.el.p("One moment …", class_name="k-soft", role="status")

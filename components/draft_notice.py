"""A form that keeps what is typed into it, and says when it has filled itself from what it kept."""

import reflex as rx

from components.button import button
from components.notice import notice


def draft_notice(
    kept: rx.Var[str], *, on_start_again: rx.EventHandler, is_outdated: rx.Var[bool] | None = None
) -> rx.Component:
    """When it was typed, whether what it changes was changed since, and the way to start again."""
    return rx.cond(
        kept != "",
        rx.el.div(
            notice(
                "We kept what you typed on ",
                kept,
                ". ",
                rx.cond(
                    False if is_outdated is None else is_outdated,
                    rx.el.strong(
                        "Somebody has changed this since: look at every answer before you save. "
                    ),
                ),
                button("Start again", kind="quiet", on_click=on_start_again),
            ),
            role="status",
        ),
    )


def kept_as(
    form_key: rx.Var[str] | str, *, organisation: rx.Var[str] | str, basis: rx.Var[str] | str = ""
) -> dict[str, rx.Var[str] | str]:
    """The attributes of a form whose answers are kept while they are typed."""
    return {"data-draft": form_key, "data-draft-for": organisation, "data-draft-basis": basis}

"""Files that were sent: a name to fetch each by, and what can be done with it."""

from collections.abc import Callable

import reflex as rx

from components.button import button

Files = rx.Var[list[dict[str, str]]]
"""public_id, name, size, who, added, sha256, href."""


def file_list(
    files: Files, *, at: str, on_take_away: Callable[[rx.Var[str]], object] | None = None
) -> rx.Component:
    """`at` is where the doors are; without `on_take_away` the files stay."""
    return rx.el.ul(
        rx.foreach(files, lambda one: _file(one, at, on_take_away)), class_name="k-files"
    )


def _file(
    one: rx.Var[dict[str, str]],
    at: str,
    on_take_away: Callable[[rx.Var[str]], object] | None,
) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.a(
                one["name"],
                href=at + one["href"].to(str),
                download=True,
                reload_document=True,
            ),
            rx.el.span(one["size"], " · ", one["who"], " · ", one["added"], class_name="k-under"),
            rx.el.span("SHA-256 ", one["sha256"].to(str)[:16], "…", class_name="k-under k-mono")
            if on_take_away is None
            else None,
        ),
        button(
            "Take away",
            rx.el.span(" ", one["name"], class_name="k-hidden"),
            kind="quiet",
            on_click=on_take_away(one["public_id"]),
        )
        if on_take_away
        else None,
    )

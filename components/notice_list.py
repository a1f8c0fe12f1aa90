"""A list of things that happened, the newest first: what, when, and where it leads."""

from collections.abc import Callable

import reflex as rx

from components.tag import tag


def notice_list(
    items: rx.Var[list[dict[str, str]]], aside: Callable[[rx.Var], rx.Component]
) -> rx.Component:
    """`items` are {title, sentence, over, state}; `aside` draws what one can do with an item."""
    return rx.el.ul(
        rx.foreach(
            items,
            lambda item: rx.el.li(
                rx.el.div(
                    rx.el.p(item["over"], class_name="k-over"),
                    rx.el.h2(
                        item["title"],
                        rx.cond(item["state"] != "", rx.fragment(" ", tag(item["state"], "info"))),
                        class_name="k-notice-title",
                    ),
                    rx.el.p(item["sentence"]),
                ),
                rx.el.div(aside(item), class_name="k-actions"),
            ),
        ),
        class_name="k-notice-list",
    )


def bell(unread: rx.Var[int], *, href: str) -> rx.Component:
    """The bell of the top bar: the count is read out, and shown when there is one."""
    return rx.el.a(
        rx.icon("bell", size=18, aria_hidden="true"),
        rx.el.span("Notices", class_name="k-hidden"),
        rx.cond(
            unread > 0,
            rx.el.span(
                rx.cond(unread > 99, "99+", unread.to(str)),  # noqa: PLR2004  # no wider
                rx.el.span(" unread", class_name="k-hidden"),
                class_name="k-bell-count",
            ),
        ),
        href=href,
        class_name="k-bell k-icon-button",
    )

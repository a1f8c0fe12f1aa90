"""Whom to ask: teams, when they answer, and their mail address once a person wants it."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventSpec

from components.button import button


def ways_to_ask(
    teams: rx.Var[list[dict[str, str]]],
    mailboxes: rx.Var[dict[str, str]],
    *,
    on_show: Callable[[rx.Var], EventSpec],
    manager: rx.Var[str],
) -> rx.Component:
    """`teams` are {id, name, helps_with, hours}; `mailboxes` the addresses that were asked for."""
    return rx.fragment(
        rx.cond(
            manager != "",
            rx.el.p(
                rx.icon("user-round", size=20, aria_hidden="true"),
                rx.el.span(
                    "Your company's operational support manager is ", rx.el.strong(manager), "."
                ),
                class_name="k-manager",
            ),
        ),
        rx.el.ul(
            rx.foreach(teams, lambda team: _team(team, mailboxes, on_show)), class_name="k-teams"
        ),
    )


def _team(
    team: rx.Var, mailboxes: rx.Var[dict[str, str]], on_show: Callable[[rx.Var], EventSpec]
) -> rx.Component:
    address = mailboxes[team["id"]]
    return rx.el.li(
        rx.el.h3(team["name"]),
        rx.el.p(team["helps_with"]),
        rx.el.p(team["hours"], class_name="k-small k-soft"),
        rx.el.div(
            rx.cond(
                mailboxes.contains(team["id"]),
                rx.el.a(address, href="mailto:" + address.to(str), class_name="k-mono"),
                button(
                    "Show the email address",
                    rx.el.span(" of the ", team["name"], class_name="k-hidden"),
                    kind="secondary",
                    on_click=on_show(team["id"]),
                ),
            ),
            role="status",
        ),
    )

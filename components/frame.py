"""The frame of every page: the bar on top, the rail at the side, the foot, and the banners."""

from typing import Any, NamedTuple

import reflex as rx

from components.button import button, post_button
from components.tag import tag

Link = tuple[str, str]
"""What a link says, and where it goes."""


class RailLink(NamedTuple):
    """A link of the rail: words, path, icon, and whether it is shown to whoever is here."""

    words: str
    path: str
    icon: str
    shown: Any = None


def frame(
    *content: rx.Component,
    bar: rx.Component,
    rail: rx.Component | None = None,
    banner: rx.Component | None = None,
    foot: list[Link] | None = None,
) -> rx.Component:
    """A whole page. The first thing a keyboard reaches is the way past the navigation.

    The links of the foot are the same on every page: help is always in the same place.
    """
    main = rx.el.main(*content, id="main", tab_index=-1, class_name="k-main")
    return rx.fragment(
        rx.el.a("Skip to the content", href="#main", class_name="k-skip"),
        banner,
        bar,
        rx.el.div(rail, main, class_name="k-with-rail") if rail is not None else main,
        _foot(foot or []),
    )


def top_bar(links: list[Link], person: rx.Component) -> rx.Component:
    """The name of the platform, where one can go, and who one is."""
    return rx.el.header(
        rx.el.div(
            rx.el.a(_mark(), "Kinnect", href="/", class_name="k-brand"),
            rx.el.nav(*_links(links), aria_label="Main", class_name="k-bar-links"),
            rx.el.div(person, _colour_switch(), class_name="k-bar-person"),
            rx.el.details(
                rx.el.summary("Menu", class_name="k-menu-button"),
                rx.el.nav(*_links(links), aria_label="Menu", class_name="k-menu-links"),
                class_name="k-menu",
            ),
            class_name="k-bar-inner",
        ),
        class_name="k-bar",
    )


def rail(title: rx.Component, links: list[RailLink]) -> rx.Component:
    """Where a signed-in person works. At the foot of a phone's screen."""
    paths = [link.path for link in links]
    return rx.el.div(
        rx.el.div(title, class_name="k-rail-head"),
        rx.el.nav(
            *(_rail_link(link, paths) for link in links),
            aria_label="Your work",
            class_name="k-rail-links",
        ),
        class_name="k-rail",
    )


def invented_data_banner(text: str | rx.Var) -> rx.Component:
    """Nobody may take the demo market for the real one. It lies over the foot of the screen.

    Whether the market is invented is known only when the state has come: a strip on top would then
    push the whole page down.
    """
    return rx.el.aside(
        tag("Invented data", "warn"),
        rx.el.span(text),
        class_name="k-banner",
        aria_label="About this data",
    )


def looking_banner(company: rx.Var[str], *, on_stop: rx.EventHandler) -> rx.Component:
    """Nobody may take another's pages for their own: always in sight, with the way out."""
    return rx.el.aside(
        rx.el.span(
            "You are looking at ",
            rx.el.strong(company),
            " as they see it. Nothing can be changed, and they are told.",
        ),
        button("Stop looking", kind="secondary", on_click=on_stop),
        class_name="k-looking",
        aria_label="Whose pages these are",
    )


def signed_in_as(name: rx.Var[str], *, sign_out: str) -> rx.Component:
    """Who one is, and the way out."""
    return rx.el.div(
        rx.el.span(name, class_name="k-person"),
        post_button("Sign out", action=sign_out, kind="quiet"),
        class_name="k-signed-in",
    )


def _links(links: list[Link]) -> list[rx.Component]:
    return [rx.el.a(words, href=path) for words, path in links]


def _rail_link(link: RailLink, paths: list[str]) -> rx.Component:
    shown = rx.el.a(
        rx.icon(link.icon, size=18, aria_hidden="true"),
        rx.el.span(link.words),
        href=link.path,
        custom_attrs={"aria-current": rx.cond(_is_at(link.path, paths), "page", "false")},
    )
    return shown if link.shown is None else rx.cond(link.shown, shown)


def _is_at(path: str, paths: list[str]) -> rx.Var[bool]:
    """At the page itself; or below it, where no other link of the rail leads below it."""
    here, own = rx.State.router.url.path.strip("/"), path.strip("/")
    if any(other != path and other.startswith(f"{path}/") for other in paths):
        return here == own
    return (here == own) | here.startswith(f"{own}/")


def _mark() -> rx.Component:
    return rx.el.span(
        rx.el.span(), rx.el.span(), rx.el.span(), class_name="k-mark", aria_hidden="true"
    )


def _colour_switch() -> rx.Component:
    return rx.el.button(
        rx.color_mode_cond(
            rx.icon("moon", size=18, aria_hidden="true"),
            rx.icon("sun", size=18, aria_hidden="true"),
        ),
        type="button",
        on_click=rx.toggle_color_mode,
        aria_label="Change between light and dark",
        class_name="k-icon-button",
    )


def _foot(links: list[Link]) -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.nav(*_links(links), aria_label="About this service", class_name="k-foot-links"),
            rx.el.p("Kinnect is open source, under the Apache License 2.0."),
            rx.el.p(
                "Contains BMRS data © Elexon Limited copyright and database right where real data "
                "has been ingested."
            ),
            class_name="k-foot-inner",
        ),
        class_name="k-foot",
    )

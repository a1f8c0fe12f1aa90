"""The top of a page: where one is, and the one next action."""

import reflex as rx


def page_header(
    title: str | rx.Var,
    *,
    lead: str | rx.Component | rx.Var = "",
    over: str | rx.Var = "",
    aside: rx.Component | None = None,
) -> rx.Component:
    """A title, a sentence under it, a small line over it, and what stands at its right."""
    return rx.el.header(
        rx.el.div(
            rx.el.p(over, class_name="k-over") if _is_given(over) else None,
            rx.el.h1(title, class_name="k-title"),
            rx.el.p(lead, class_name="k-lead") if _is_given(lead) else None,
        ),
        rx.el.div(aside, class_name="k-header-aside") if aside is not None else None,
        class_name="k-page-header",
    )


def back_link(text: str, href: str | rx.Var) -> rx.Component:
    """The way one came."""
    return rx.el.a("← " + text, href=href, class_name="k-back")


def section(title: str | rx.Var, *content: rx.Component, anchor: str = "", **props) -> rx.Component:
    """A part of a page with a heading of its own. Its `anchor` is where a contents list leads."""
    held = {"id": anchor, "tab_index": -1} if anchor else {}
    return rx.el.section(
        rx.el.h2(title, class_name="k-section-title", **held),
        *content,
        class_name="k-section",
        **props,
    )


def _is_given(words: str | rx.Component | rx.Var) -> bool:
    return not isinstance(words, str) or words != ""

"""Answers, folded; plans, the soonest first; and the way to the answers from a form."""

import reflex as rx

from components.tag import tag


def help_link(about: str, *, href: str) -> rx.Component:
    """The way from a form to the answers about it."""
    return rx.el.p(
        rx.icon("circle-help", size=18, aria_hidden="true"),
        rx.el.a(f"Help: {about}", href=href),
        class_name="k-help-link",
    )


def answers(entries: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """`entries` are {id, title, body, topics, audience, changed, open}."""
    return rx.el.div(rx.foreach(entries, _answer), class_name="k-answers")


def plan_list(plans: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """`plans` are {title, body, stage, tone, when}."""
    return rx.el.ol(
        rx.foreach(
            plans,
            lambda plan: rx.el.li(
                rx.el.div(
                    rx.el.span(plan["when"], class_name="k-soft"), tag(plan["stage"], plan["tone"])
                ),
                rx.el.h3(plan["title"]),
                rx.el.p(plan["body"], class_name="k-lines"),
                custom_attrs={"data-tone": plan["tone"]},
            ),
        ),
        class_name="k-plans",
    )


def _answer(entry: rx.Var) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.el.h3(entry["title"])),
        rx.el.p(entry["body"], class_name="k-answer-text"),
        rx.el.p(
            entry["topics"],
            rx.cond(entry["audience"] != "", rx.fragment(" · ", entry["audience"])),
            " · Updated ",
            entry["changed"],
            class_name="k-small k-soft",
        ),
        open=entry["open"] != "",
        key=entry["id"].to(str) + entry["open"].to(str),
        class_name="k-answer",
    )

"""Reference data: fees, names of categories, deadlines and limits, each with its dates."""

import reflex as rx

from components.button import link_button
from components.page_header import page_header, section
from components.segmented import segmented
from components.table import table
from components.tag import tag
from kinnect_app.pages.layout import staff_page
from state.ui.staff.reference import ReferenceState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "Reference data",
            lead="What the operator decides. A value counts from its date on; two people agree, "
            "and the past stays as it was.",
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                rx.cond(Screen.waiting.length() > 0, _waiting()),
                segmented("Reference data", Screen.tabs),
                rx.el.div(rx.foreach(Screen.items, _item)),
            ),
        ),
    )


def _waiting() -> rx.Component:
    return section(
        "Changes waiting",
        table(
            "Changes waiting",
            [("What", "text"), ("State", "text"), ("By", "text"), ("Counts from", "text")],
            Screen.waiting,
            lambda one: [
                rx.el.a(one["title"], href=one["href"]),
                tag(one["status"], one["tone"]),
                one["by"],
                one["on"],
            ],
        ),
    )


def _item(item: rx.Var[dict[str, str]]) -> rx.Component:
    return section(
        item["name"],
        table(
            item["name"],
            [("From", "text"), ("Value", "text"), ("Decided", "text"), ("", "text")],
            Screen.history[item["subject"].to(str)],
            lambda one: [
                rx.el.span(one["since"], class_name="k-nowrap"),
                rx.el.span(
                    rx.el.strong(one["value"], class_name="k-figures"),
                    " ",
                    rx.el.span(item["unit"], class_name="k-soft"),
                ),
                one["source"],
                rx.cond(one["tag"] != "", tag(one["tag"], "info")),
            ],
        ),
        rx.cond(
            Screen.may_propose,
            rx.el.div(
                link_button(
                    "Propose a new value",
                    rx.el.span(" for ", item["name"], class_name="k-hidden"),
                    href=item["propose_href"],
                    kind="secondary",
                ),
                class_name="k-actions",
            ),
        ),
        id=item["subject"],
    )

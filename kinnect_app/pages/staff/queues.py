"""The staff queues."""

import reflex as rx

from components.notice import announcement, empty_state
from components.page_header import page_header, section
from components.table import table
from components.tag import status_tag, tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.queues import QueuesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header("Queues", lead="What waits for the operator, the most urgent first."),
        announcement(Screen.done),
        rx.cond(Screen.sees_interests, _interests()),
        _withdrawals(),
        rx.cond(Screen.sees_information, _information()),
    )


def _interests() -> rx.Component:
    return section(
        "Expressions of interest",
        rx.el.p(Screen.interests_waiting, " waiting for a decision", class_name="k-soft"),
        rx.cond(
            Screen.interests.length() > 0,
            table(
                "Expressions of interest",
                [
                    ("Reference", "text"),
                    ("Organisation", "text"),
                    ("Roles", "text"),
                    ("Received", "text"),
                    ("Answer by", "text"),
                    ("Status", "text"),
                ],
                Screen.interests,
                lambda one: [
                    rx.el.a(
                        one["reference"],
                        href=f"{routes.INTEREST.path}?reference=" + one["reference"].to(str),
                        class_name="k-mono",
                    ),
                    rx.el.span(one["name"], rx.el.span(one["number"], class_name="k-under k-mono")),
                    rx.el.span(one["roles"], class_name="k-mono"),
                    one["received"],
                    rx.el.span(
                        one["due"],
                        rx.cond(one["late"] != "", rx.fragment(" ", tag("Late", "bad"))),
                    ),
                    status_tag(one["status"]),
                ],
            ),
            empty_state("Nobody has expressed an interest yet.", _how_they_come()),
        ),
    )


def _how_they_come() -> rx.Component:
    return rx.el.p(
        "They come from the public page ",
        rx.el.a("Join the market", href=routes.MARKET_ENTRY.path),
        ".",
    )


def _withdrawals() -> rx.Component:
    return section(
        "Withdrawal proposals",
        rx.el.p(Screen.withdrawals_waiting, " waiting for a decision", class_name="k-soft"),
        rx.cond(
            Screen.withdrawals.length() > 0,
            table(
                "Withdrawal proposals",
                [
                    ("Reference", "text"),
                    ("Company", "text"),
                    ("Withdrawal date", "text"),
                    ("Proposed", "text"),
                    ("Status", "text"),
                ],
                Screen.withdrawals,
                lambda one: [
                    rx.el.a(
                        one["reference"],
                        href=f"{routes.WITHDRAWAL.path}?reference=" + one["reference"].to(str),
                        class_name="k-mono",
                    ),
                    one["organisation"],
                    one["withdrawal_date"],
                    one["proposed"],
                    status_tag(one["status"]),
                ],
            ),
            empty_state("No company has proposed to withdraw."),
        ),
    )


def _information() -> rx.Component:
    return section(
        "Requests for information",
        rx.el.p(
            Screen.information_waiting,
            " answered and waiting for a decision, ",
            Screen.information_overdue,
            " overdue",
            rx.cond(
                Screen.may_ask,
                rx.fragment(
                    ". To ask a company, ",
                    rx.el.a("find it", href=routes.ALL_PEOPLE.path),
                    " first.",
                ),
            ),
            class_name="k-soft",
        ),
        rx.cond(
            Screen.information.length() > 0,
            table(
                "Requests for information",
                [
                    ("Reference", "text"),
                    ("Company", "text"),
                    ("What", "text"),
                    ("Answer by", "text"),
                ],
                Screen.information,
                lambda one: [
                    rx.el.a(
                        one["reference"],
                        href=f"{routes.INFORMATION.path}?reference=" + one["reference"].to(str),
                        class_name="k-mono k-nowrap",
                    ),
                    one["organisation"],
                    rx.el.span(one["title"], rx.el.span(one["kind"], class_name="k-under")),
                    rx.el.div(
                        rx.el.span(one["due"], class_name="k-nowrap"),
                        tag(one["status"], one["tone"]),
                        class_name="k-inline",
                    ),
                ],
            ),
            empty_state("No company is asked for anything."),
        ),
    )

"""Settlement: the company's settled days, each by the run that counts now."""

import reflex as rx

from components.net_days import net_days
from components.notice import empty_state
from components.page_header import page_header
from components.settled_day import amount_headline, direction_words
from components.steps import step_back, step_on
from components.table import table
from components.term import term
from kinnect_app.pages.layout import party_page
from state.ui.party.settlement import SettlementState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        page_header(
            "Settlement",
            lead=rx.fragment(
                "What your company was paid and charged for each ",
                term(
                    "Settlement Date",
                    "A day of the market from midnight to midnight on London's clock, settled in "
                    "half-hours.",
                    "BSC Section T",
                ),
                ", by the ",
                term(
                    "run",
                    "Each day is settled several times as better meter readings come in: Interim "
                    "Information first, then Initial Settlement, then up to four Reconciliations. "
                    "The latest published run counts.",
                    "BSC Section U2",
                ),
                " that counts now.",
            ),
        ),
        rx.cond(
            Screen.loaded,
            rx.cond(Screen.days.length() > 0, _days(), _none()),
            rx.el.p("Reading your settlement …", class_name="k-soft", role="status"),
        ),
    )


def _days() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            amount_headline("Net of these days", Screen.total, Screen.total_direction),
            rx.el.nav(
                step_back("Earlier days", Screen.earlier),
                rx.el.span(Screen.words, class_name="k-range-words k-figures"),
                step_on("Later days", Screen.later),
                class_name="k-range-steps",
                aria_label="Days",
            ),
            class_name="k-calendar-head",
        ),
        net_days(Screen.bars, top=Screen.top, bottom=Screen.bottom, zero=Screen.zero),
        rx.el.div(
            table(
                "Settled days, the newest first",
                [
                    ("Settlement Date", "text"),
                    ("Net", "figure"),
                    ("Who pays", "text"),
                    ("Run that counts", "text"),
                    ("Published", "text"),
                    ("Earlier runs", "text"),
                    ("Change", "figure"),
                ],
                Screen.days,
                lambda day: [
                    rx.el.a(day["day"], href=day["href"], class_name="k-nowrap k-strong-link"),
                    rx.el.span(day["net"], class_name="k-nowrap k-amount"),
                    direction_words(day["direction"]),
                    rx.el.span(day["run"], class_name="k-nowrap"),
                    rx.el.span(day["published"], class_name="k-nowrap"),
                    rx.cond(
                        day["earlier"] != "",
                        rx.el.span(day["earlier"], class_name="k-nowrap k-soft"),
                        rx.el.span("–", class_name="k-soft"),
                    ),
                    rx.cond(
                        day["compare"] != "",
                        rx.el.a(
                            day["change"],
                            rx.el.span(" Compare the runs of ", day["day"], class_name="k-hidden"),
                            href=day["compare"],
                            class_name="k-nowrap",
                        ),
                        "",
                    ),
                ],
            ),
            class_name="k-section",
        ),
    )


def _none() -> rx.Component:
    return empty_state(
        "No day of your company has been settled yet.",
        rx.el.p(
            "The first run of a Settlement Date, Interim Information, is published about five "
            "working days after it. It will stand here, with everything it was worked out from."
        ),
    )

"""Two runs of a settled day side by side."""

import reflex as rx

from components.notice import empty_state, notice
from components.page_header import section
from components.segmented import segmented
from components.settled_day import day_vars, settled_day_head
from components.table import table
from kinnect_app.pages.layout import party_page, settled_page
from state.ui.party.settlement_comparison import SettlementComparisonState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        settled_page(
            Screen.loaded,
            Screen.missing,
            settled_day_head(day_vars(Screen), with_runs=False),
            _runs(),
            _charges(),
            _periods(),
        )
    )


def _runs() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Screen.may_choose,
            rx.el.div(
                _side("Compare", "Run before", Screen.before_choices),
                _side("with", "Run after", Screen.after_choices),
                class_name="k-range",
            ),
        ),
        notice(rx.el.strong(Screen.said)),
        class_name="k-section",
    )


def _side(words: str, label: str, options: rx.Var[list[dict[str, str]]]) -> rx.Component:
    return rx.el.div(
        rx.el.span(words, class_name="k-small k-soft"),
        segmented(label, options),
        class_name="k-day-runs",
    )


def _charges() -> rx.Component:
    return section(
        "By charge",
        table(
            "Each charge by the two runs; above zero you are paid",
            [
                ("Charge", "text"),
                (Screen.before, "figure"),
                (Screen.after, "figure"),
                ("Change", "figure"),
                ("For you", "text"),
            ],
            Screen.charges,
            lambda row: [
                rx.cond(
                    row["strong"] == "true", rx.el.strong(row["name"]), rx.el.span(row["name"])
                ),
                rx.el.span(row["before"], class_name="k-nowrap"),
                rx.el.span(row["after"], class_name="k-nowrap"),
                rx.el.strong(row["change"], class_name="k-nowrap k-change-" + row["tone"].to(str)),
                _words(row),
            ],
        ),
        rx.el.p("Above zero you are paid, below zero you pay.", class_name="k-small k-soft"),
    )


def _periods() -> rx.Component:
    return section(
        "By Settlement Period",
        rx.cond(
            Screen.changed,
            rx.fragment(
                table(
                    "Changes of each Settlement Period; above zero is to your good",
                    [
                        ("SP", "figure"),
                        ("From", "text"),
                        ("BM Unit cashflow", "figure"),
                        ("Non-delivery", "figure"),
                        ("Energy imbalance", "figure"),
                        ("Residual cashflow", "figure"),
                        ("Net", "figure"),
                        ("For you", "text"),
                    ],
                    Screen.periods,
                    lambda row: [
                        rx.cond(
                            row["href"] != "",
                            rx.el.a(
                                row["period"],
                                rx.el.span(": explain this period", class_name="k-hidden"),
                                href=row["href"],
                            ),
                            row["period"],
                        ),
                        row["from"],
                        row["bm_unit_cashflow_gbp"],
                        row["non_delivery_charge_gbp"],
                        row["energy_imbalance_cashflow_gbp"],
                        row["residual_cashflow_gbp"],
                        rx.el.strong(
                            row["net_to_party_gbp"], class_name="k-change-" + row["tone"].to(str)
                        ),
                        _words(row),
                    ],
                ),
                rx.el.p(
                    "Only periods that changed. Above zero is to your good. A period is not "
                    "rounded before it counts; the day is, once, to the penny.",
                    class_name="k-small k-soft",
                ),
            ),
            empty_state("No Settlement Period changed for your company."),
        ),
    )


def _words(row: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.span(row["words"], class_name="k-nowrap k-change-" + row["tone"].to(str))

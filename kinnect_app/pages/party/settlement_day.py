"""A settled day: its charges, what they come to, and each half-hour of them."""

import reflex as rx

from components.charts.chart import time_chart
from components.notice import notice
from components.page_header import section
from components.settled_day import day_vars, direction_words, settled_day_head
from kinnect_app.pages.layout import party_page, settled_page
from state.ui.party.settlement_day import SettlementDayState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        settled_page(
            Screen.loaded,
            Screen.missing,
            settled_day_head(day_vars(Screen)),
            _charges(),
            _periods(),
        )
    )


def _charges() -> rx.Component:
    return section(
        "Charges",
        rx.el.div(
            rx.el.table(
                rx.el.caption("Charges of the day and their net", class_name="k-hidden"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Charge", scope="col", class_name="k-text"),
                        rx.el.th("What it is", scope="col", class_name="k-text k-wide-only"),
                        rx.el.th(
                            rx.el.span("Who pays", class_name="k-hidden"),
                            scope="col",
                            class_name="k-text k-wide-only",
                        ),
                        rx.el.th("Amount", scope="col", class_name="k-figure"),
                    )
                ),
                rx.el.tbody(rx.foreach(Screen.charges, _charge)),
                class_name="k-table k-ledger",
            ),
            class_name="k-table-box",
            tab_index=0,
            role="region",
            aria_label="Charges of the day",
        ),
        rx.el.p(
            "Each charge is rounded to the penny once a day; the net is their sum. Choose an "
            "amount to see how it was worked out.",
            class_name="k-small k-soft",
        ),
        rx.cond(
            Screen.parties.length() > 0,
            notice(
                "These sums are over all Party Ids of your company. How each was worked out: ",
                rx.foreach(
                    Screen.parties,
                    lambda one: rx.el.span(rx.el.a(one["party"], href=one["href"]), " "),
                ),
            ),
        ),
    )


def _charge(charge: rx.Var[dict[str, str]]) -> rx.Component:
    amount = rx.el.span(charge["amount"], class_name="k-nowrap k-amount")
    return rx.el.tr(
        rx.el.th(
            charge["name"],
            rx.el.span(direction_words(charge["direction"]), class_name="k-narrow-only"),
            scope="row",
            class_name="k-text k-row-name",
        ),
        rx.el.td(charge["meaning"], class_name="k-text k-soft k-wide-only"),
        rx.el.td(direction_words(charge["direction"]), class_name="k-text k-wide-only"),
        rx.el.td(
            rx.cond(
                charge["href"] != "",
                rx.el.a(
                    amount,
                    rx.el.span(": how it was worked out", class_name="k-hidden"),
                    href=charge["href"],
                ),
                amount,
            ),
            class_name="k-figure",
        ),
        class_name=rx.cond(charge["strong"] == "true", "k-sum", ""),
    )


def _periods() -> rx.Component:
    return section(
        "By Settlement Period",
        time_chart(
            "charges",
            src=Screen.src,
            dataset="",
            title=rx.Var.create("Charges by Settlement Period, ") + Screen.title,
            file_name="charges",
            source="Source: your company's settlement, " + Screen.run_name + ".",
        ),
    )

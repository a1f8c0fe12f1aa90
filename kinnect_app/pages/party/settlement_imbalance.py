"""The imbalance of a settled day: energy against contracts, account by account."""

import reflex as rx

from components.charts.chart import time_chart
from components.notice import empty_state
from components.page_header import section
from components.segmented import segmented
from components.settled_day import day_vars, settled_day_head
from components.table import table
from components.term import term
from kinnect_app.pages.layout import party_page, settled_page
from state.ui.party.settlement_imbalance import SettlementImbalanceState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        settled_page(
            Screen.loaded,
            Screen.missing,
            settled_day_head(day_vars(Screen)),
            rx.cond(
                Screen.accounts.length() > 0,
                rx.fragment(_totals(), _periods()),
                empty_state("Your company had no Energy Account on this day."),
            ),
        )
    )


def _totals() -> rx.Component:
    return section(
        "Energy against contracts",
        rx.el.p(
            term(
                "Imbalance",
                "Credited energy, less what was delivered to the System Operator as balancing "
                "services, less what was sold. QAEI = QACE − QABS − QABC.",
                "BSC Section T4.6",
            ),
            " is what an account gave beyond what it had sold. Above zero the account was long and "
            "spilled energy to the system; below zero it was short and was topped up.",
            class_name="k-soft k-prose",
        ),
        table(
            "The day by Energy Account",
            [
                ("Account", "text"),
                ("Credited, MWh", "figure"),
                ("Contracts, MWh", "figure"),
                ("Services, MWh", "figure"),
                ("Imbalance, MWh", "figure"),
                ("On balance", "text"),
                ("Paid to you", "figure"),
            ],
            Screen.totals,
            lambda row: [
                rx.el.a(row["name"], href=row["href"], class_name="k-nowrap"),
                row["credited_energy_volume_mwh"],
                row["contract_volume_mwh"],
                row["balancing_services_volume_mwh"],
                rx.el.strong(row["energy_imbalance_volume_mwh"]),
                row["was"],
                rx.el.span(row["to_party"], class_name="k-nowrap"),
            ],
        ),
    )


def _periods() -> rx.Component:
    return section(
        "By Settlement Period",
        rx.el.div(segmented("Energy Account", Screen.accounts), class_name="k-range"),
        time_chart(
            "imbalance",
            src=Screen.src,
            dataset="",
            title=Screen.account + ", " + Screen.title,
            file_name="imbalance",
            source="Source: your company's settlement, " + Screen.run_name + ".",
        ),
    )

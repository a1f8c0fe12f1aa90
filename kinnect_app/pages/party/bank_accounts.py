"""The company's bank accounts."""

import reflex as rx

from components.button import link_button
from components.notice import empty_state
from components.page_header import page_header, section
from components.records import does, record, records
from components.reveal import revealed, reveals
from components.segmented import segmented
from components.summary_list import summary_list
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.bank_accounts import BankAccountsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.BANK_ACCOUNTS.path,
        page_header(
            "Bank accounts",
            lead="Where settlement and fees are paid. Numbers are hidden; who may see one in full "
            "asks for it, and it is on record.",
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                segmented("Bank accounts", Screen.tabs),
                records(Screen.rows, _account, empty_state("No account here.")),
                rx.cond(Screen.may_change & (Screen.lacking.length() > 0), _lacking()),
            ),
        ),
    )


def _account(row: rx.Var[dict[str, str]]) -> rx.Component:
    place = "number-" + row["public_id"].to(str)
    return record(
        rx.el.div(
            rx.el.strong(row["title"]),
            rx.cond(row["waits"] != "", tag(row["waits"], "info")),
            class_name="k-inline",
        ),
        summary_list(
            ("Name on the account", rx.el.span(row["name"], class_name="k-mono")),
            ("Sort code or BIC", rx.el.span(row["code"], class_name="k-mono")),
            ("Account", rx.el.span(row["number"], class_name="k-mono")),
            ("Held in", row["country"]),
        ),
        revealed(place),
        rx.el.p(row["when"], class_name="k-soft k-small"),
        does=does(
            rx.cond(
                Screen.may_reveal & (row["is_active"] != ""),
                reveals(
                    "Show in full",
                    address=f"bank-accounts/{row['public_id']}/reveal",
                    place=place,
                ),
            ),
            rx.cond(
                Screen.may_change & (row["is_active"] != ""),
                link_button(
                    "Change",
                    rx.el.span(" the account for ", row["title"], class_name="k-hidden"),
                    href=f"{routes.BANK_ACCOUNT.path}?id=" + row["purpose"].to(str),
                    kind="secondary",
                ),
            ),
        ),
    )


def _lacking() -> rx.Component:
    return section(
        "Not given yet",
        rx.el.ul(rx.foreach(Screen.lacking, _lacking_one), class_name="k-records"),
    )


def _lacking_one(one: rx.Var[dict[str, str]]) -> rx.Component:
    return record(
        rx.el.strong(one["name"]),
        rx.el.p(one["hint"], class_name="k-soft"),
        does=link_button(
            "Add an account",
            rx.el.span(" for ", one["name"], class_name="k-hidden"),
            href=f"{routes.BANK_ACCOUNT.path}?id=" + one["purpose"].to(str),
            kind="secondary",
        ),
    )

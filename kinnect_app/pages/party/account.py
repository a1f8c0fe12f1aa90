"""My Account: the company as the operator holds it."""

import reflex as rx

from components.loading import once_loaded
from components.notice import notice
from components.page_header import page_header, section
from components.summary_list import summary_list
from components.table import table
from components.tag import status_tag, tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.account import AccountState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    company = Screen.company
    return account_page(
        routes.ACCOUNT.path,
        once_loaded(
            Screen.loaded,
            page_header(
                company["legal_name"],
                over="My account",
                aside=rx.el.div(
                    rx.el.span(company["party_ids"], class_name="k-mono"),
                    status_tag(company["status"]),
                    class_name="k-inline",
                ),
            ),
            rx.cond(Screen.overdue != "", _overdue()),
            _tiles(),
            rx.el.div(_details(), _roles(), class_name="k-halves"),
            rx.el.p(
                rx.el.a("Who can do what for a company", href=routes.WHO_CAN_DO_WHAT.path),
                rx.cond(
                    Screen.may_export,
                    rx.fragment(
                        " · ",
                        rx.el.a(
                            "A copy of all that we hold about your company",
                            href=routes.DATA_EXPORT.path,
                        ),
                    ),
                ),
                class_name="k-soft",
            ),
        ),
    )


def _overdue() -> rx.Component:
    return notice(
        "The list of your signatories should have been confirmed by ",
        Screen.overdue,
        ". ",
        rx.el.a("Look at it and confirm it", href=routes.SIGNATORIES.path),
        tone="bad",
    )


def _tiles() -> rx.Component:
    return rx.el.nav(
        rx.foreach(
            Screen.tiles,
            lambda tile: rx.el.a(
                rx.el.span(tile["count"], class_name="k-tile-count"),
                rx.el.span(tile["name"]),
                rx.cond(tile["alert"] != "", tag(tile["alert"], "warn")),
                href=tile["href"],
                class_name="k-tile",
            ),
        ),
        aria_label="What there is",
        class_name="k-tiles",
    )


def _or_dash(words: rx.Var[str]) -> rx.Component:
    return rx.cond(words != "", words, "–")


def _code(words: rx.Var[str]) -> rx.Component:
    return rx.cond(words != "", rx.el.span(words, class_name="k-mono"), "–")


def _details() -> rx.Component:
    company = Screen.company
    return section(
        "Company details",
        rx.cond(
            Screen.may_change,
            rx.el.p(
                rx.el.a(
                    "Change these details",
                    href=f"{routes.COMPANY.path}?id=" + company["public_id"].to(str),
                )
            ),
        ),
        summary_list(
            ("Name in the market", company["system_name"]),
            ("Party Id", _code(company["party_ids"])),
            ("Our reference", _code(company["public_id"])),
            ("Company number", rx.el.span(company["company_number"], class_name="k-mono")),
            ("Country", company["country"]),
            ("Registered address", company["address"]),
            ("Website", _or_dash(company["website"])),
            ("VAT", _or_dash(company["vat_status"])),
            ("VAT number", _code(company["vat_number"])),
            ("LEI", _code(company["lei"])),
            ("EIC", _code(company["eic"])),
            (
                "BM Units",
                rx.el.span(
                    company["bm_units"], " · ", rx.el.a("See the assets", href=routes.ASSETS.path)
                ),
            ),
            (
                "Settlement",
                rx.cond(
                    SessionState.sees_settlement,
                    rx.el.a(
                        "See what the company was paid and charged", href=routes.SETTLEMENT.path
                    ),
                    "Ask a colleague who may see it",
                ),
            ),
        ),
    )


def _roles() -> rx.Component:
    return section(
        "Roles",
        table(
            "Roles of the company",
            [("Role", "text"), ("Code", "text"), ("Since", "text")],
            Screen.roles,
            lambda role: [
                role["name"],
                rx.el.span(role["code"], class_name="k-mono"),
                role["since"],
            ],
        ),
    )

"""My Account: the company as the operator holds it."""

import reflex as rx

from components.button import link_button
from components.notice import announcement
from components.page_header import page_header, section
from components.summary_list import summary_list
from components.table import table
from components.tag import status_tag
from kinnect_app import routes
from kinnect_app.pages.layout import party_page
from state.ui.party.account import AccountState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    company = Screen.company
    return party_page(
        rx.cond(
            Screen.loaded,
            rx.fragment(
                page_header(
                    company["legal_name"],
                    over="My account",
                    aside=rx.el.div(
                        rx.el.span(company["party_ids"], class_name="k-mono"),
                        status_tag(company["status"]),
                        class_name="k-inline",
                    ),
                ),
                announcement(Screen.saved),
                rx.el.div(_details(), _roles(), class_name="k-halves"),
                _contacts(),
            ),
            rx.el.p("One moment …", class_name="k-soft", role="status"),
        )
    )


def _details() -> rx.Component:
    company = Screen.company
    return section(
        "Company details",
        summary_list(
            ("Name in the market", company["system_name"]),
            ("Party Id", rx.el.span(company["party_ids"], class_name="k-mono")),
            ("Company number", rx.el.span(company["company_number"], class_name="k-mono")),
            ("Country", company["country"]),
            ("Registered address", company["address"] + ", " + company["postcode"]),
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


def _contacts() -> rx.Component:
    return section(
        "Contacts",
        table(
            "Contacts of the company",
            [
                ("Purpose", "text"),
                ("Name", "text"),
                ("Email address", "text"),
                ("Telephone", "text"),
                ("", "text"),
            ],
            Screen.contacts,
            lambda contact: [
                contact["purpose"],
                rx.el.span(contact["name"], rx.el.span(contact["job_title"], class_name="k-under")),
                contact["email"],
                rx.el.span(contact["phone"], class_name="k-figures"),
                rx.cond(
                    Screen.may_change_contacts,
                    link_button(
                        "Change",
                        rx.el.span(" ", contact["name"], class_name="k-hidden"),
                        href=f"{routes.CONTACT.path}?id=" + contact["public_id"].to(str),
                        kind="quiet",
                    ),
                    rx.fragment(),
                ),
            ],
        ),
        rx.cond(
            Screen.may_change_contacts,
            rx.fragment(),
            rx.el.p("A Category A colleague can change contacts.", class_name="k-soft"),
        ),
    )

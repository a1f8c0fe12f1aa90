"""What a company confirmed of its signatories: a page that is as good on paper."""

import reflex as rx

from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.table import table
from kinnect_app import routes
from kinnect_app.pages.layout import party_page
from state.ui.party.certificate import CertificateState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    facts = Screen.facts
    return party_page(
        back_link("Signatories", routes.SIGNATORIES.path),
        rx.cond(
            facts.contains("company"),
            rx.el.article(
                page_header(
                    "Authorised signatories, confirmed",
                    over=facts["company"],
                    lead="Keep or print this page: it is what your company confirmed.",
                ),
                summary_list(
                    ("Confirmed by", facts["by"]),
                    ("Confirmed on", facts["on"]),
                    ("To be confirmed again by", facts["due"]),
                    ("Seal of the list", rx.el.span(facts["digest"], class_name="k-mono k-seal")),
                ),
                section("Who may sign", _list()),
            ),
        ),
    )


def _list() -> rx.Component:
    return table(
        "Who may sign",
        [("Name", "text"), ("May sign for", "text"), ("Since", "text")],
        Screen.lines,
        lambda one: [rx.el.strong(one["name"]), one["signs_for"], one["since"]],
    )

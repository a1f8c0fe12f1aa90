"""People and companies of the market: found by name, address, company or Party Id."""

import reflex as rx

from components.loading import once_loaded
from components.notice import empty_state
from components.page_header import page_header, section
from components.search_form import search_form
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.all_people import AllPeopleState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "People of the market",
            lead="Who can sign in, for whom they act, and when they were last seen.",
        ),
        search_form(
            "Search by name, email address, company or Party Id",
            Screen.search,
            on_submit=Screen.find,
        ),
        once_loaded(
            Screen.loaded,
            rx.el.p(Screen.more, class_name="k-soft k-figures", role="status"),
            section(
                "People",
                rx.cond(Screen.people.length() > 0, _people(), empty_state("Nobody is found.")),
            ),
            section(
                "Companies",
                rx.cond(
                    Screen.companies.length() > 0,
                    _companies(),
                    empty_state("No company is found."),
                ),
            ),
        ),
    )


def _people() -> rx.Component:
    return table(
        "People",
        [("Name", "text"), ("Acts for", "text"), ("Last seen", "text"), ("", "text")],
        Screen.people,
        lambda one: [
            rx.el.span(
                rx.el.a(one["name"], href=f"{routes.PERSON.path}?id=" + one["public_id"].to(str)),
                rx.el.span(one["email"], class_name="k-under"),
            ),
            one["acts_for"],
            rx.el.span(one["last_seen"], class_name="k-nowrap"),
            rx.cond(one["status"] != "", tag(one["status"], "bad")),
        ],
    )


def _companies() -> rx.Component:
    return table(
        "Companies",
        [("Company", "text"), ("Party Id", "text"), ("People", "figure"), ("", "text")],
        Screen.companies,
        lambda one: [
            rx.el.a(
                one["name"], href=f"{routes.COMPANY_ACCESS.path}?id=" + one["public_id"].to(str)
            ),
            rx.el.span(one["party_ids"], class_name="k-mono"),
            one["people"],
            rx.cond(one["lacks"] != "", tag(one["lacks"], "warn")),
        ],
    )

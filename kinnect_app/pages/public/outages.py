"""Outages: what is out or will be, as bars over two weeks, from the companies' own messages."""

import reflex as rx

from components.loading import once_loaded
from components.page_header import page_header, section
from components.segmented import segmented
from components.steps import date_box, steps
from components.tag import tag
from components.term import term
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.outages import OutagesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Outages",
            lead="Power stations and cables that cannot run, or not in full, as their companies "
            "published it. Of each message the latest revision is shown.",
        ),
        rx.el.div(
            segmented("Fuel", Screen.fuels),
            steps(
                Screen.words,
                date_box("From", Screen.day, on_date=Screen.go_to),
                before=("Earlier", Screen.previous),
                after=("Later", Screen.following),
            ),
            class_name="k-range",
        ),
        once_loaded(
            Screen.loaded,
            _bars(),
            found=Screen.rows.length() > 0,
            nothing=rx.cond(Screen.closed != "", Screen.closed, "No outage touches these days."),
        ),
        section(
            "What these figures mean",
            rx.el.p(
                "Companies must publish what they know of their stations' ",
                term(
                    "unavailability",
                    "How much less than usual a unit can give, and for how long.",
                    "REMIT, Regulation (EU) 1227/2011 as it has effect in Great Britain",
                ),
                " before they trade on it. A dismissed message is left out. ",
                rx.el.a("The data and the API behind this page", href=routes.DATA.path),
                ".",
            ),
        ),
    )


def _bars() -> rx.Component:
    return rx.fragment(
        rx.el.p(Screen.total, class_name="k-soft k-figures", role="status"),
        rx.el.div(
            rx.el.table(
                rx.el.caption("Outages, soonest first", class_name="k-hidden"),
                rx.el.thead(
                    rx.el.tr(
                        rx.el.th("Unit", scope="col", class_name="k-text"),
                        rx.el.th("Available (MW)", scope="col", class_name="k-figure"),
                        rx.el.th(
                            rx.el.span("When", class_name="k-hidden"),
                            rx.el.div(
                                rx.foreach(Screen.ticks, rx.el.span),
                                class_name="k-span-ticks",
                                aria_hidden="true",
                            ),
                            scope="col",
                            class_name="k-text",
                        ),
                    )
                ),
                rx.el.tbody(rx.foreach(Screen.rows, _bar)),
                class_name="k-table k-span-table",
            ),
            class_name="k-table-box",
            tab_index=0,
            role="region",
            aria_label="Outages, soonest first",
        ),
    )


def _bar(one: rx.Var) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.a(
                one["unit"],
                href=f"{routes.UNITS.path}?id=" + one["unit"].to(str),
                class_name="k-mono",
            ),
            rx.el.span(one["fuel"], " · ", one["cause"], class_name="k-under"),
            class_name="k-text",
        ),
        rx.el.td(
            one["available"],
            rx.el.span("of ", one["normal"], class_name="k-under"),
            class_name="k-figure",
        ),
        rx.el.td(
            rx.el.div(
                rx.el.div(
                    class_name="k-span-bar k-span-" + one["tone"].to(str),
                    style={"left": one["left"], "width": one["width"]},
                    aria_hidden="true",
                ),
                class_name="k-span-track",
            ),
            rx.el.span(
                tag(one["kind"], one["tone"]), " ", one["span"], class_name="k-under k-figures"
            ),
            class_name="k-text",
        ),
    )

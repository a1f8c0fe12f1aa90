"""Everything of a run that the company may take away."""

import reflex as rx

from components.page_header import section
from components.settled_day import day_vars, settled_day_head
from components.table import table
from kinnect_app.pages.layout import party_page, settled_page
from kinnect_app.settings import settings
from state.ui.party.settlement_files import SettlementFilesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        settled_page(
            Screen.loaded,
            Screen.missing,
            settled_day_head(day_vars(Screen)),
            section(
                "Download",
                rx.el.p(
                    "Your company's own rows of each quantity, exactly as the run worked them out. "
                    "CSV opens anywhere; Parquet keeps dates and numbers as they are.",
                    class_name="k-soft k-prose",
                ),
                _files("Asked for most", Screen.most),
            ),
            section(
                "Settlement Report",
                rx.el.p(
                    "The same run as the file that the Code names: SAA-I014, sub-flow S0141, pipe-"
                    "separated text with your own units and accounts.",
                    class_name="k-soft k-prose",
                ),
                rx.el.ul(rx.foreach(Screen.reports, _report), class_name="k-plain-list"),
            ),
            section(
                "Every other quantity, in the order in which it is worked out",
                _files("Every other quantity", Screen.others),
            ),
        )
    )


def _report(report: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            "S0141 to ",
            report["party"],
            href=settings().doors_at + report["href"].to(str),
            download=True,
            reload_document=True,
        )
    )


def _files(caption: str, rows: rx.Var[list[dict[str, str]]]) -> rx.Component:
    return table(
        caption,
        [
            ("Quantity", "text"),
            ("What it is", "text k-wide-only"),
            ("CSV", "text"),
            ("Parquet", "text"),
        ],
        rows,
        lambda row: [
            rx.el.span(row["name"], rx.el.span(row["quantity"], class_name="k-mono k-under")),
            row["meaning"],
            _download("CSV", row["name"], row["csv"]),
            _download("Parquet", row["name"], row["parquet"]),
        ],
    )


def _download(kind: str, name: rx.Var[str], address: rx.Var[str]) -> rx.Component:
    return rx.el.a(
        kind,
        rx.el.span(" of ", name, class_name="k-hidden"),
        href=settings().doors_at + address.to(str),
        download=True,
        reload_document=True,
    )

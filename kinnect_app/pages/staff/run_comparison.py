"""Two runs of a date side by side: by charge, by Party, by period."""

import reflex as rx

from components.button import link_button
from components.notice import empty_state, missing_page
from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.table import table
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.run_comparison import RunComparisonState as Screen

on_load = Screen.load

_AMOUNTS = [
    ("Before (£)", "figure k-wide-only"),
    ("After (£)", "figure"),
    ("Difference (£)", "figure"),
]


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("Settlement runs", routes.RUNS.path),
        rx.cond(
            Screen.loaded,
            rx.cond(
                Screen.missing != "",
                missing_page(Screen.missing, link_button("All runs", href=routes.RUNS.path)),
                _comparison(),
            ),
            rx.el.p("Comparing the two runs …", role="status", class_name="k-soft"),
        ),
    )


def _comparison() -> rx.Component:
    return rx.fragment(
        page_header(
            Screen.title,
            over="Two runs compared",
            lead="A positive net is paid to the Party. A charge keeps the sign that the Code gives "
            "it: energy imbalance, for one, is positive where the Party pays.",
        ),
        summary_list(("Before", _side(Screen.before)), ("After", _side(Screen.after))),
        section("By charge", _table("By charge", ("Charge", "charge"), Screen.by_charge)),
        rx.cond(
            Screen.by_party.length() + Screen.by_period.length() > 0,
            _differences(),
            rx.el.div(
                empty_state("The two runs agree to the penny, for every Party and period."),
                class_name="k-section",
            ),
        ),
    )


def _differences() -> rx.Component:
    return rx.fragment(
        section("Net by Party", _table("Net by Party", ("Party", "party"), Screen.by_party)),
        section(
            "Net by Party and Settlement Period",
            table(
                "Net by Party and Settlement Period",
                [("Period", "figure"), ("Party", "text"), *_AMOUNTS],
                Screen.by_period,
                lambda row: [row["period"], _mono(row["party"]), *_amounts(row)],
            ),
            rx.el.p(Screen.left_out, class_name="k-soft k-small"),
        ),
    )


def _side(side: rx.Var) -> rx.Component:
    return rx.el.span(
        rx.el.a(side["name"], href=side["href"]),
        " ",
        rx.el.span(side["state"], class_name="k-soft"),
    )


def _table(caption: str, first: tuple[str, str], rows: rx.Var) -> rx.Component:
    header, key = first
    return table(
        caption, [(header, "text"), *_AMOUNTS], rows, lambda row: [row[key], *_amounts(row)]
    )


def _amounts(row: rx.Var) -> list[rx.Component | rx.Var | str]:
    return [
        row["before"],
        row["after"],
        rx.el.span(row["difference"], class_name="k-diff-" + row["tone"].to(str)),
    ]


def _mono(text: rx.Var) -> rx.Component:
    return rx.el.span(text, class_name="k-mono")

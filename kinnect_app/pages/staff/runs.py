"""The timetable of Settlement Runs: what is due, running and late."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, date_field, text_area
from components.notice import empty_state
from components.page_header import page_header, section
from components.segmented import segmented
from components.table import table
from components.tag import tag
from components.watch import watch
from kinnect_app.pages.layout import staff_page
from settlement_engine.runs import RunType
from state.domain.settlement_words import run_words
from state.ui.staff.runs import RunsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        watch(Screen.is_running, on_look=Screen.look),
        page_header(
            "Settlement runs",
            lead="Each Settlement Date is settled again as better data comes in. The worker makes "
            "the runs that are due; a second person publishes them.",
        ),
        rx.cond(Screen.loaded, _timetable(), rx.el.p("Reading the timetable …", role="status")),
        rx.cond(Screen.may_start, _form()),
    )


def _timetable() -> rx.Component:
    return rx.fragment(
        rx.el.dl(rx.foreach(Screen.counts, _count), class_name="k-counts"),
        section(
            "Timetable",
            rx.el.div(segmented("Show", Screen.choices), class_name="k-inline k-space-below"),
            rx.cond(
                Screen.rows.length() > 0,
                table(
                    "Timetable of Settlement Runs",
                    [
                        ("Settlement Date", "text"),
                        ("Run", "text"),
                        ("Status", "text"),
                        ("To be made", "text k-wide-only"),
                        ("Payment", "text k-wide-only"),
                        ("Asked for by", "text k-wide-only"),
                        ("Published by", "text k-wide-only"),
                    ],
                    Screen.rows,
                    _row,
                ),
                empty_state(Screen.empty),
            ),
            rx.cond(
                Screen.is_generated,
                rx.el.p(
                    "No published calendar is loaded: these days are counted in Working Days of "
                    "England and Wales from the Settlement Date.",
                    class_name="k-soft k-small",
                ),
            ),
        ),
    )


def _count(count: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.dt(count["label"]),
        rx.el.dd(count["value"], class_name="k-figures"),
        class_name="k-count k-count-" + count["tone"].to(str),
        data_none=rx.cond(count["value"] == "0", "true", "false"),
    )


def _row(row: rx.Var) -> list[rx.Component | rx.Var | str]:
    return [
        rx.el.span(row["settlement_date"], class_name="k-nowrap"),
        rx.fragment(
            rx.cond(row["href"] != "", rx.el.a(row["run"], href=row["href"]), row["run"]),
            rx.el.span(row["number"], class_name="k-under"),
        ),
        tag(row["status"], row["tone"]),
        row["run_on"],
        rx.el.span(row["payment_on"], class_name="k-nowrap"),
        row["asked_by"],
        row["published_by"],
    ]


def _form() -> rx.Component:
    return section(
        "Ask for a run",
        rx.el.div(
            error_summary(Screen.problems),
            rx.el.form(
                date_field(
                    "settlement_date",
                    "Settlement Date",
                    hint="For example, 18 11 2026",
                    problems=Screen.problems,
                ),
                choices(
                    "run_type",
                    "Which run?",
                    [(run.value, run_words(run), "") for run in RunType],
                    problems=Screen.problems,
                    kind="radio",
                ),
                text_area(
                    "reason",
                    "Why?",
                    hint="The audit trail keeps it. Up to 500 characters.",
                    rows=2,
                    problems=Screen.problems,
                ),
                button("Ask for this run", type="submit"),
                on_submit=Screen.start,
                no_validate=True,
                class_name="k-form",
            ),
            class_name="k-narrow k-stack",
        ),
    )

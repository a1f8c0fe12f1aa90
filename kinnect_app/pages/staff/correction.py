"""Correcting published rows: find them, type over what is wrong, and say why."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import date_field, field, select_field, text_area
from components.notice import empty_state
from components.page_header import back_link, page_header, section
from components.value_table import value_table
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.domain.corrections import correctable_datasets
from state.ui.staff.correction import CorrectionState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("Published data", routes.PUBLISHED_DATA.path),
        page_header(
            "Correct rows",
            lead="Nothing is overwritten: a correction is a new revision beside the old one, and "
            "counts once a second person has approved it.",
        ),
        rx.cond(
            Screen.loaded,
            rx.fragment(
                error_summary(Screen.problems),
                _search(),
                rx.cond(
                    Screen.rows.length() > 0,
                    _rows(),
                    rx.cond(Screen.found != "", empty_state(Screen.found)),
                ),
            ),
            rx.el.p("Reading the rows …", role="status"),
        ),
    )


def _search() -> rx.Component:
    return rx.el.form(
        select_field(
            "dataset",
            "Dataset",
            [(one.name, one.title) for one in correctable_datasets()],
            problems=Screen.problems,
            default_value=Screen.dataset,
        ),
        date_field("on", "Settlement Date", problems=Screen.problems, value=Screen.on),
        rx.el.details(
            rx.el.summary("Fewer rows"),
            field(
                "period",
                "Settlement Period (optional)",
                problems=Screen.problems,
                default_value=Screen.period,
                width="4",
            ),
            field(
                "holds",
                "What their key holds (optional)",
                problems=Screen.problems,
                hint="A BM Unit, a fuel, a zone",
                default_value=Screen.holds,
                width="20",
            ),
            open=(Screen.period != "") | (Screen.holds != ""),
            class_name="k-details-box",
        ),
        rx.el.div(button("Find the rows", type="submit", kind="secondary"), class_name="k-actions"),
        key="search-" + Screen.box.to(str),
        on_submit=Screen.find,
        no_validate=True,
        role="search",
        class_name="k-form k-narrow",
    )


def _rows() -> rx.Component:
    return section(
        Screen.title,
        rx.el.p(
            Screen.found,
            " Type over what is wrong and leave the rest.",
            class_name="k-soft k-space-below",
        ),
        rx.el.form(
            value_table(
                "Rows to correct",
                "Row",
                Screen.columns,
                Screen.rows,
                Screen.boxes,
                problems=Screen.problems,
            ),
            rx.el.div(
                text_area(
                    "reason",
                    "Why are these values wrong?",
                    problems=Screen.problems,
                    hint="Whoever approves this reads it, and it is kept with the correction.",
                    rows=2,
                    default_value=Screen.reason,
                ),
                rx.el.div(
                    button("Continue", type="submit"),
                    link_button("Cancel", href=routes.PUBLISHED_DATA.path, kind="quiet"),
                    class_name="k-actions",
                ),
                class_name="k-narrow k-space-above",
            ),
            key="rows-" + Screen.box.to(str),
            on_submit=Screen.propose,
            no_validate=True,
            class_name="k-form",
        ),
    )

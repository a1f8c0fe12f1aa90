"""Where an expression of interest has got to, for whoever holds its reference."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import field
from components.loading import once_loaded
from components.page_header import page_header
from components.summary_list import summary_list
from components.tag import status_tag
from kinnect_app.pages.layout import help_for, public_page
from state.ui.public.market_entry import MarketEntryState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Track your interest", lead="Give the reference and the email address you used."
        ),
        rx.el.div(
            error_summary(Screen.problems),
            once_loaded(
                Screen.loaded,
                rx.el.form(
                    field(
                        "reference",
                        "Reference",
                        hint="Like EOI-2026-000123",
                        problems=Screen.problems,
                        width="20",
                    ),
                    field("email", "Email address", problems=Screen.problems, input_mode="email"),
                    button("Show where it is", type="submit"),
                    on_submit=Screen.track,
                    no_validate=True,
                    class_name="k-form",
                ),
            ),
            rx.el.div(
                rx.cond(Screen.progress.contains("reference"), _progress()),
                role="status",
                aria_live="polite",
            ),
            class_name="k-narrow k-stack",
        ),
        help_for("joining"),
    )


def _progress() -> rx.Component:
    found = Screen.progress
    return rx.el.section(
        rx.el.h2(found["reference"], class_name="k-section-title"),
        rx.el.p(found["words"]),
        summary_list(
            ("Status", status_tag(found["status"])),
            ("We answer by", found["due"]),
            ("Answered", rx.cond(found["decided"] != "", found["decided"], "Not yet")),
            ("What we said", rx.cond(found["reason"] != "", found["reason"], "–")),
        ),
        class_name="k-section",
    )

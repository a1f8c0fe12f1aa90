"""Who can do what: the table of permissions, as the services ask it."""

import reflex as rx

from components.button import button
from components.contents import contents_list
from components.error_summary import error_summary
from components.field import date_field
from components.page_header import page_header, section
from components.rights_table import rights_key, rights_table
from components.summary_list import summary_list
from components.table import table
from components.tag import tag
from kinnect_app.pages.layout import public_page
from state.domain.who_can_do_what import COMPANY_KINDS, STAFF_KINDS, Kind
from state.ui.public.who_can_do_what import WhoCanDoWhatState as Screen

on_load = Screen.load

_PARTS = [
    ("for-a-company", "For a company, or for oneself"),
    ("staff", "The operator's staff"),
    ("everybody", "Open to everybody"),
    ("machine", "Done by no person"),
    ("categories", "Categories of signatory"),
]


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Who can do what",
            lead="What each kind of person may do here. These are the very tables that Kinnect "
            "asks before it does anything, so they are always up to date.",
        ),
        error_summary(Screen.problems),
        contents_list(_PARTS),
        _date(),
        rights_key(),
        _of_company(),
        _of_staff(),
        rx.el.div(_everybody(), _machine(), class_name="k-halves"),
        _categories(),
    )


def _date() -> rx.Component:
    return rx.el.form(
        date_field(
            "day",
            "See the tables of another date",
            problems=Screen.problems,
            hint="Permissions change from a date on. For example, 27 3 2027",
            value=Screen.day_iso,
        ),
        button("See that date", type="submit", kind="secondary"),
        rx.el.p("Shown: ", rx.el.strong(Screen.day), role="status", class_name="k-soft"),
        key=Screen.day_iso,
        on_submit=Screen.choose,
        no_validate=True,
        class_name="k-rights-date",
    )


def _of_company() -> rx.Component:
    return section(
        "For a company, or for oneself",
        _meanings(COMPANY_KINDS),
        rights_table(
            "What people may do for a company or for themselves",
            [(kind.key, kind.name) for kind in COMPANY_KINDS],
            Screen.company,
        ),
        anchor="for-a-company",
    )


def _of_staff() -> rx.Component:
    return section(
        "The operator's staff",
        _meanings(STAFF_KINDS),
        rights_table(
            "What the operator's staff may do",
            [(kind.key, kind.name) for kind in STAFF_KINDS],
            Screen.staff,
        ),
        anchor="staff",
    )


def _meanings(kinds: tuple[Kind, ...]) -> rx.Component:
    return rx.el.div(
        summary_list(*((kind.name, kind.meaning) for kind in kinds)), class_name="k-rights-kinds"
    )


def _everybody() -> rx.Component:
    return section(
        "Open to everybody",
        table(
            "What is open to everybody",
            [("Activity", "text"), ("Who", "text")],
            Screen.everybody,
            lambda row: [row["words"], row["who"]],
        ),
        anchor="everybody",
    )


def _machine() -> rx.Component:
    return section(
        "Done by no person",
        rx.el.p("Kinnect's own clock and its console do these:", class_name="k-soft"),
        rx.el.ul(
            rx.foreach(Screen.machine, lambda row: rx.el.li(row["words"])),
            class_name="k-plain-list",
        ),
        anchor="machine",
    )


def _categories() -> rx.Component:
    return section(
        "Categories of signatory",
        rx.el.p(
            "A letter says which matters a signatory may sign for. Some of them are recalled and "
            "not yet checked against the Code's procedure.",
            class_name="k-soft",
        ),
        table(
            "Categories of signatory",
            [("Category", "text"), ("How sure we are", "text")],
            Screen.categories,
            lambda row: [row["words"], tag(row["evidence"], row["tone"])],
        ),
        anchor="categories",
    )

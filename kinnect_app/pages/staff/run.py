"""One Settlement Run: its progress, what it found, and publishing it."""

from typing import Final

import reflex as rx

from components.bars import bars
from components.button import button, link_button
from components.error_summary import error_summary
from components.field import text_area
from components.notice import announcement, missing_page, notice
from components.page_header import back_link, page_header, section
from components.progress import progress
from components.run_parties import AmountColumn, run_parties
from components.summary_list import summary_list
from components.table import table
from components.tag import tag
from components.watch import watch
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from kinnect_app.settings import settings
from state.domain.settlement_differences import CHARGES, NET
from state.ui.staff.run import OneRunState as Screen

on_load = Screen.load

_AMOUNTS: Final = [
    AmountColumn(each.column, each.name, each.paid_to_party) for each in (NET, *CHARGES)
]


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        watch(Screen.is_pending, on_look=Screen.look),
        back_link("Settlement runs", routes.RUNS.path),
        error_summary(Screen.problems),
        rx.cond(
            Screen.loaded,
            rx.cond(
                Screen.run.contains("public_id"),
                _one(),
                missing_page(
                    "There is no such run.", link_button("All runs", href=routes.RUNS.path)
                ),
            ),
            rx.el.p("Reading the run …", role="status", class_name="k-soft"),
        ),
    )


def _one() -> rx.Component:
    run = Screen.run
    return rx.fragment(
        page_header(run["title"], over=run["over"], aside=tag(run["state"], run["tone"])),
        announcement(Screen.done),
        progress("Progress of the run", Screen.steps),
        rx.el.p(
            rx.cond(Screen.is_pending, "This page follows the run by itself.", ""),
            role="status",
            class_name="k-soft",
        ),
        rx.cond(Screen.holds.length() > 0, _holds()),
        rx.cond(run["fault"] != "", _fault()),
        rx.cond(Screen.may_publish, _publish()),
        _facts(),
        rx.cond(
            Screen.parties.length() > 0,
            run_parties(Screen.parties, Screen.parties_left_out, _AMOUNTS),
        ),
        rx.cond(Screen.events.length() > 0, _events()),
        rx.cond(~Screen.is_pending, _stages()),
        _evidence(),
        rx.cond(Screen.may_start, _again()),
    )


def _holds() -> rx.Component:
    return section(
        "Why the run is held",
        notice(
            "Nothing was worked out. Mend what is named here, then ask for the run again.",
            tone="bad",
        ),
        table(
            "Reasons",
            [("What is wrong, and where", "text"), ("What to do", "text")],
            Screen.holds,
            lambda hold: [
                rx.fragment(
                    hold["what"], rx.el.span(hold["where"], class_name="k-under k-anywhere")
                ),
                hold["cure"],
            ],
        ),
    )


def _fault() -> rx.Component:
    return notice(
        "The run failed by a fault of ours and nothing was kept. The log has it under ",
        rx.el.strong(Screen.run["fault"], class_name="k-mono"),
        ".",
        tone="bad",
    )


def _publish() -> rx.Component:
    return section(
        "Publish",
        rx.el.div(
            rx.cond(
                Screen.not_by_you != "",
                notice(Screen.not_by_you, tone="warn"),
                rx.el.p(
                    "Companies see their charges and anyone sees the prices from the moment you "
                    "publish. The run of this date that was published before is superseded.",
                ),
            ),
            rx.el.div(
                rx.cond(
                    Screen.not_by_you == "",
                    button("Publish this run", on_click=Screen.publish, type="button"),
                ),
                rx.cond(
                    Screen.run["compare"] != "",
                    link_button("See what changes", href=Screen.run["compare"], kind="secondary"),
                ),
                class_name="k-actions",
            ),
            class_name="k-narrow",
        ),
    )


def _facts() -> rx.Component:
    run = Screen.run
    return section(
        "The run",
        summary_list(
            ("Asked for", run["requested"]),
            ("Why", run["reason"]),
            ("Worked out", run["computed"]),
            (
                "Published",
                rx.fragment(
                    run["published"],
                    rx.cond(
                        run["superseded"] != "",
                        rx.el.span(run["superseded"], class_name="k-under"),
                    ),
                    rx.cond(
                        run["prices"] != "",
                        rx.fragment(" · ", rx.el.a("See its prices", href=run["prices"])),
                    ),
                ),
            ),
            (
                "Against the run before",
                rx.cond(
                    run["compare"] != "",
                    rx.el.a("See the differences", href=run["compare"]),
                    run["no_compare"],
                ),
            ),
        ),
    )


def _hash(digest: rx.Var) -> rx.Component:
    return rx.el.span(digest, class_name="k-mono k-small k-anywhere")


def _events() -> rx.Component:
    return section(
        "Defaults used",
        rx.el.p("What stood in for something that was not given.", class_name="k-soft"),
        table(
            "Data-quality events",
            [("What", "text"), ("Times", "figure"), ("Amount", "figure")],
            Screen.events,
            lambda event: [
                rx.fragment(
                    event["what"],
                    rx.el.span("Used by ", event["stage"], class_name="k-under"),
                ),
                event["count"],
                _nowrap(event["amount"]),
            ],
        ),
    )


def _nowrap(text: rx.Var) -> rx.Component:
    return rx.el.span(text, class_name="k-nowrap")


def _stages() -> rx.Component:
    return section(
        "Where the time went, and what is risky",
        rx.el.p(
            Screen.riskiest,
            " A stage that held runs counts as riskier than one that had a default to go on with.",
            class_name="k-soft",
        ),
        rx.cond(
            Screen.stages.length() > 1,
            bars("Stages of the run, the slowest first", Screen.stages),
        ),
    )


def _evidence() -> rx.Component:
    run = Screen.run
    return section(
        "What it started from, what it worked out",
        summary_list(
            ("Data as known on", run["known_as_of"]),
            ("Rulebook", rx.el.span(run["rulebook"], " ", _hash(run["fingerprint"]))),
            ("Hash of the inputs", _hash(run["inputs_digest"])),
            ("Hash of the result", _hash(run["result_digest"])),
            ("Attempt", run["attempt"]),
        ),
        rx.cond(Screen.frames.length() > 0, _reports()),
        _frames("frames given", Screen.inputs),
        _frames("quantities worked out", Screen.frames),
    )


def _reports() -> rx.Component:
    """The day as the files that the Code names."""
    return rx.el.p(
        "Settlement Report of the day: ",
        _report("S0142", "to the System Operator"),
        ", ",
        _report("S0143", "to BSCCo"),
        ".",
    )


def _report(flow: str, whom: str) -> rx.Component:
    address = settings().doors_at + "/api/v1/runs/"
    return rx.el.a(
        f"{flow} {whom}",
        href=address + Screen.run["public_id"].to(str) + f"/reports/{flow}",
        download=True,
        reload_document=True,
    )


def _frames(words: str, rows: rx.Var) -> rx.Component:
    columns = [("Name", "text"), ("Rows", "figure"), ("SHA-256 begins", "text")]
    return rx.cond(
        rows.length() > 0,
        rx.el.details(
            rx.el.summary(rows.length(), f" {words}"),
            table(
                words.capitalize(),
                columns,
                rows,
                lambda row: [
                    row["name"],
                    row["rows"],
                    rx.el.span(row["hash"], class_name="k-mono k-small"),
                ],
            ),
            class_name="k-details-box",
        ),
    )


def _again() -> rx.Component:
    return section(
        "Run this date again",
        rx.el.form(
            text_area(
                "reason",
                "Why?",
                hint="For example: a meter was corrected. A published run is restated.",
                rows=2,
                problems=Screen.problems,
            ),
            button("Ask for a new run", type="submit", kind="secondary"),
            key=Screen.run["public_id"],
            on_submit=Screen.again,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )

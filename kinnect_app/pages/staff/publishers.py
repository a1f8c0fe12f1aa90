"""Programs that push rows of public datasets; named and ended by two administrators."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import field, text_area
from components.loading import once_loaded
from components.notice import announcement, empty_state
from components.page_header import page_header, section
from components.proposals import proposals
from components.summary_list import summary_list
from components.tag import tag
from kinnect_app.pages.layout import staff_page
from state.ui.staff.publishers import PublishersState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "Programs that push rows",
            lead="A program of ours, or of a publisher of data, sends rows of public datasets. One "
            "administrator proposes it, another agrees. Then who proposed it makes its secret.",
        ),
        announcement(Screen.said),
        error_summary(Screen.problems),
        once_loaded(
            Screen.loaded,
            section(
                "Programs",
                rx.el.div(
                    _programs(), rx.cond(Screen.ending != "", _ending()), class_name="k-stack"
                ),
            ),
            section("Proposals", proposals(Screen)),
            rx.cond(Screen.may_propose & (Screen.ending == ""), _propose()),
        ),
    )


def _programs() -> rx.Component:
    return rx.cond(
        Screen.programs.length() > 0,
        rx.el.ul(rx.foreach(Screen.programs, _program), class_name="k-records"),
        empty_state("No program pushes rows."),
    )


def _program(one: rx.Var[dict[str, str]]) -> rx.Component:
    place = "secret-" + one["public_id"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(one["name"]), tag(one["state"], one["tone"]), class_name="k-inline"
            ),
            summary_list(
                ("Program id", rx.el.span(one["client_id"], class_name="k-mono")),
                ("It acts for", one["acts_for"]),
                ("It comes from", rx.el.span(one["addresses"], class_name="k-mono")),
                ("Since", one["since"]),
                ("Last used", one["used"]),
            ),
            rx.el.div(id=place, role="status", aria_live="polite"),
        ),
        rx.cond(
            (one["secret"] != "") | (one["end"] != ""),
            rx.el.div(_does(one, place), class_name="k-record-does"),
        ),
        class_name="k-record",
    )


def _does(one: rx.Var[dict[str, str]], place: rx.Var[str]) -> rx.Component:
    """A secret never comes by the screen's state: the button fetches it (`reveal.js`)."""
    named = rx.el.span(" of ", one["name"], class_name="k-hidden")
    shown = {
        "data-reveal": f"publishers/{one['public_id']}/secret",
        "data-once": "",
        "aria-controls": place,
    }
    end = Screen.begin_to_end(one["public_id"])
    return rx.fragment(
        rx.cond(
            one["secret"] != "",
            button("Make the secret", named, kind="secondary", custom_attrs=shown),
        ),
        rx.cond(one["end"] != "", button("Propose to end it", named, kind="quiet", on_click=end)),
    )


def _ending() -> rx.Component:
    """Why it shall end is for the other administrator to read."""
    return rx.el.section(
        rx.el.h2("End ", Screen.ending_name, "?", class_name="k-form-title"),
        rx.el.form(
            text_area(
                "reason",
                "Why?",
                hint="Its secret and its tokens stop working once another administrator agrees.",
                problems=Screen.problems,
                rows=2,
            ),
            rx.el.div(
                button("Propose to end it", type="submit"),
                button("Keep it", kind="quiet", on_click=Screen.begin_to_end("")),
                class_name="k-actions",
            ),
            on_submit=Screen.propose_end,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
        id="ending",
        tab_index=-1,
        class_name="k-guidance k-in-place",
    )


def _propose() -> rx.Component:
    return section(
        "Propose a program",
        rx.el.form(
            field(
                "name",
                "Name of the program",
                hint="So that your colleagues know it, like Outages of NESO",
                problems=Screen.problems,
            ),
            field(
                "acts_for",
                "Email address of whom it acts for",
                hint="A member of staff who takes data in. It acts no longer than they do",
                problems=Screen.problems,
                input_mode="email",
            ),
            field(
                "networks",
                "Where it comes from (optional)",
                hint="Addresses or networks with spaces between, like 192.0.2.0/24",
                problems=Screen.problems,
            ),
            text_area(
                "reason",
                "Why?",
                hint="The other administrator reads this. Up to 500 characters.",
                problems=Screen.problems,
                rows=3,
            ),
            button("Propose it", type="submit"),
            key=Screen.version.to(str),
            on_submit=Screen.propose,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )

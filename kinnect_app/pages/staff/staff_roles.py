"""Who is what for the operator; given and ended by two administrators."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, field, select_field, text_area
from components.loading import once_loaded
from components.notice import announcement
from components.page_header import page_header, section
from components.proposals import proposals
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.domain.permissions import StaffRole
from state.domain.staff_roles import role_words
from state.ui.staff.staff_roles import StaffRolesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        page_header(
            "Staff roles",
            lead="One administrator proposes, another agrees, and neither has a part in their own.",
        ),
        announcement(Screen.said),
        error_summary(Screen.problems),
        once_loaded(
            Screen.loaded,
            section("Proposals", proposals(Screen)),
            section("Who holds what", _holders()),
            rx.cond(Screen.may_manage, _propose()),
        ),
    )


def _holders() -> rx.Component:
    return table(
        "Who holds what",
        [("Name", "text"), ("Role", "text"), ("Since", "text"), ("", "text")],
        Screen.holders,
        lambda one: [
            rx.el.span(
                rx.el.a(one["name"], href=f"{routes.PERSON.path}?id=" + one["public_id"].to(str)),
                rx.el.span(rx.cond(one["me"] != "", one["me"], one["email"]), class_name="k-under"),
            ),
            one["role"],
            rx.el.span(one["since"], class_name="k-nowrap"),
            rx.cond(one["status"] != "", tag(one["status"], "bad")),
        ],
    )


def _propose() -> rx.Component:
    return section(
        "Propose a change",
        rx.el.form(
            field(
                "email",
                "Email address of the person",
                hint="Of somebody who can sign in already",
                problems=Screen.problems,
                input_mode="email",
            ),
            select_field(
                "role",
                "Role",
                [(role.value, role_words(role)) for role in StaffRole],
                problems=Screen.problems,
            ),
            choices(
                "what",
                "Give or end it?",
                [("give", "Give it", ""), ("end", "End it", "They lose it at their next click")],
                problems=Screen.problems,
                kind="radio",
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

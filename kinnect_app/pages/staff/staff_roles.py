"""Who is what for the operator; given and ended by two administrators."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, field, select_field, text_area
from components.loading import once_loaded
from components.notice import announcement, empty_state
from components.page_header import page_header, section
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
            section("Proposals", _proposals()),
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


def _proposals() -> rx.Component:
    return rx.cond(
        Screen.proposals.length() > 0,
        table(
            "Proposals",
            [("What", "text"), ("State", "text"), ("Proposed by", "text"), ("", "text")],
            Screen.proposals,
            lambda one: [
                rx.el.span(one["what"], rx.el.span(one["reason"], class_name="k-under")),
                rx.el.span(
                    tag(one["status"], one["tone"]),
                    rx.cond(
                        one["decided_by"] != "",
                        rx.el.span("By ", one["decided_by"], class_name="k-under"),
                    ),
                ),
                rx.el.span(one["by"], rx.el.span(one["at"], class_name="k-under")),
                _what_to_do(one),
            ],
        ),
        empty_state("Nothing is proposed."),
    )


def _what_to_do(one: rx.Var) -> rx.Component:
    named = rx.el.span(" ", one["what"], class_name="k-hidden")
    return rx.el.div(
        rx.cond(
            one["decide"] != "",
            rx.fragment(
                button("Agree", named, kind="secondary", on_click=Screen.agree(one["public_id"])),
                button("Refuse", named, kind="quiet", on_click=Screen.refuse(one["public_id"])),
            ),
        ),
        rx.cond(
            one["withdraw"] != "",
            button("Take back", named, kind="quiet", on_click=Screen.withdraw(one["public_id"])),
        ),
        class_name="k-cell-actions",
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

"""Who has access for a company, its first people, and what its director's letter lets go on."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, field, question_of, radio_box
from components.loading import once_loaded
from components.notice import announcement, empty_state, notice
from components.page_header import back_link, page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.company_access import CompanyAccessState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        back_link("People of the market", routes.ALL_PEOPLE.path),
        once_loaded(
            Screen.loaded,
            page_header(
                Screen.name,
                over="Access for " + Screen.party_ids,
                aside=rx.cond(Screen.may_ask, _ask()),
            ),
            announcement(Screen.said),
            error_summary(Screen.problems),
            rx.cond(
                Screen.has_category_a,
                rx.fragment(),
                notice("Nobody signs for everything of this company yet.", tone="warn"),
            ),
            rx.foreach(Screen.changes, _for_the_director),
            rx.foreach(Screen.letters, _letter),
            section("People", _people()),
            section("Invitations", _invitations()),
            rx.cond(Screen.may_invite, _invite_the_first()),
            rx.cond(Screen.may_assign, _support()),
        ),
    )


def _ask() -> rx.Component:
    return link_button(
        "Ask for information",
        href=f"{routes.ASK_FOR_INFORMATION.path}?company=" + Screen.public_id,
        kind="secondary",
    )


def _people() -> rx.Component:
    return rx.cond(
        Screen.people.length() > 0,
        table(
            "People",
            [
                ("Name", "text"),
                ("What they are", "text"),
                ("Since", "text"),
                ("Last seen", "text"),
                ("", "text"),
            ],
            Screen.people,
            lambda one: [
                rx.el.span(
                    rx.el.a(
                        one["name"], href=f"{routes.PERSON.path}?id=" + one["public_id"].to(str)
                    ),
                    rx.el.span(one["email"], class_name="k-under"),
                ),
                one["is_what"],
                rx.el.span(one["since"], class_name="k-nowrap"),
                rx.el.span(one["last_seen"], class_name="k-nowrap"),
                rx.cond(one["status"] != "", tag(one["status"])),
            ],
        ),
        empty_state("Nobody acts for this company."),
    )


def _invitations() -> rx.Component:
    return rx.cond(
        Screen.invitations.length() > 0,
        table(
            "Invitations",
            [("Name", "text"), ("As", "text"), ("Status", "text"), ("Invited by", "text")],
            Screen.invitations,
            lambda one: [
                rx.el.span(one["name"], rx.el.span(one["email"], class_name="k-under")),
                one["offered"],
                tag(one["status"]),
                rx.el.span(one["invited_by"], rx.el.span(one["at"], class_name="k-under")),
            ],
        ),
        empty_state("Nobody is invited just now."),
    )


def _invite_the_first() -> rx.Component:
    return section(
        "Invite the first people",
        rx.el.p(
            "The first Category A needs two of us and a director of the company: you invite, "
            "another asks the director to confirm. Then the mail goes."
        ),
        rx.el.form(
            field("name", "Full name", problems=Screen.problems),
            field("email", "Email address", problems=Screen.problems, input_mode="email"),
            choices(
                "kind",
                "What may they do?",
                [
                    ("category_a", "Category A", "Signs for everything, and invites the others"),
                    ("assistant", "Assistant", "Prepares the company's entry and its details"),
                    ("viewer", "Viewer", "Reads what the company sees"),
                ],
                problems=Screen.problems,
                kind="radio",
            ),
            button("Invite", type="submit"),
            key=Screen.version.to(str),
            on_submit=Screen.invite,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _support() -> rx.Component:
    return section(
        "Operational support manager",
        rx.el.p("Whom this company turns to. Its people see the name under Need help."),
        rx.el.form(
            question_of(
                "support_manager",
                "Who is it?",
                rx.foreach(
                    Screen.supporters,
                    lambda one: radio_box(
                        "support_manager", one["public_id"], one["name"], ticked=one["now"] != ""
                    ),
                ),
                problems=Screen.problems,
            ),
            button("Name them", type="submit", kind="secondary"),
            key="support" + Screen.version.to(str),
            on_submit=Screen.assign,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _letter(one: rx.Var) -> rx.Component:
    return section(
        "Confirm the first Category A",
        rx.el.p(
            one["invited_by"],
            " would invite ",
            rx.el.strong(one["name"]),
            " (",
            one["email"],
            ") as ",
            one["offered"],
            ". A director of the company confirms it, by a link that we mail.",
        ),
        link_button(
            "Ask a director to confirm ",
            one["name"],
            href=f"{routes.DIRECTOR.path}?company="
            + Screen.public_id
            + "&invitation="
            + one["public_id"].to(str),
        ),
        rx.el.p(
            "By hand: where a director cannot sign online, or we could not verify them, confirm "
            "only if a letter of a director of the company names this person."
        ),
        rx.el.form(
            rx.el.input(type="hidden", name="invitation", value=one["public_id"]),
            field(
                "reference",
                "Reference of the letter",
                hint="Where we keep it, for example LET-2026-0114",
                problems=Screen.problems,
                width="20",
            ),
            button("Confirm the letter, and send the invitation", type="submit", kind="secondary"),
            on_submit=Screen.confirm,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _for_the_director(one: rx.Var) -> rx.Component:
    return section(
        "A change that only the director can confirm",
        rx.el.p(
            rx.el.strong(one["what"]),
            ", asked for by ",
            one["by"],
            ", ",
            one["at"],
            ". Nobody else of the company may approve it.",
        ),
        rx.el.p(one["differs"]),
        rx.cond(one["reason"] != "", rx.el.p("Why: ", one["reason"], class_name="k-soft")),
        rx.el.form(
            rx.el.input(type="hidden", name="change", value=one["public_id"]),
            field(
                "letter_reference",
                "Reference of the director's letter",
                hint="It must name this very change. For example LET-2026-0115",
                problems=Screen.problems,
                width="20",
            ),
            button("Approve by the director's letter", type="submit"),
            on_submit=Screen.approve,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )

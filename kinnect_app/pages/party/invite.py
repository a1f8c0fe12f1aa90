"""Invite a colleague, or several at once."""

import reflex as rx

from components.button import button, link_button
from components.draft_notice import draft_notice, kept_as
from components.error_summary import error_summary
from components.field import choices, date_field, field, question_of, radio_box, text_area, tick_box
from components.loading import once_loaded
from components.page_header import back_link, page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, party_page
from state.ui.party.invite import FORM
from state.ui.party.invite import InviteState as Screen
from state.ui.session import SessionState

on_load = Screen.load

_KINDS = [
    ("viewer", "Viewer", "Reads what the company sees"),
    ("assistant", "Assistant", "Also prepares changes for a signatory to approve"),
    ("signatory", "Signatory", "Also signs, for the categories that you choose"),
]


def page() -> rx.Component:
    """The whole page."""
    return party_page(
        back_link("People and access", routes.PEOPLE.path),
        page_header(
            "Invite a colleague",
            lead="They get a link by mail that works once, for their address alone, and sign in "
            "with their own account.",
        ),
        once_loaded(
            Screen.loaded,
            rx.el.div(_one(), _many(), class_name="k-two-thirds"),
            found=Screen.may_grant,
            nothing="A Category A colleague can invite people.",
        ),
        help_for("access"),
    )


def _one() -> rx.Component:
    return rx.el.div(
        draft_notice(Screen.kept, on_start_again=Screen.start_again),
        error_summary(Screen.problems),
        rx.el.form(
            field(
                "name",
                "Full name",
                problems=Screen.problems,
                default_value=Screen.values["name"],
            ),
            field(
                "email",
                "Email address",
                problems=Screen.problems,
                input_mode="email",
                default_value=Screen.values["email"],
            ),
            question_of(
                "kind",
                "What may they do?",
                rx.fragment(
                    *(
                        radio_box(
                            "kind",
                            value,
                            label,
                            hint=hint,
                            ticked=Screen.values["kind"] == value,
                            on_change=Screen.choose_kind(value),
                        )
                        for value, label, hint in _KINDS
                    )
                ),
                problems=Screen.problems,
            ),
            rx.cond(Screen.kind == "signatory", _categories()),
            date_field(
                "until",
                "Last day of the access (optional)",
                hint="For example, 27 3 2027",
                problems=Screen.problems,
                typed=Screen.values,
            ),
            rx.el.div(
                button("Send the invitation", type="submit"),
                link_button("Cancel", href=routes.PEOPLE.path, kind="quiet"),
                class_name="k-actions",
            ),
            key=Screen.version.to(str),
            custom_attrs=kept_as(FORM, organisation=SessionState.organisation_public_id),
            on_submit=Screen.send,
            no_validate=True,
            class_name="k-form",
        ),
    )


def _categories() -> rx.Component:
    return rx.fragment(
        question_of(
            "categories",
            "For which categories may they sign?",
            rx.foreach(
                Screen.categories,
                lambda one: tick_box(
                    "categories", one["code"], one["words"], ticked=one["ticked"] != ""
                ),
            ),
            hint="A second Category A signatory approves categories A and N before the mail goes",
            problems=Screen.problems,
        ),
        question_of(
            "role",
            "For which role of the company?",
            rx.foreach(
                Screen.roles,
                lambda one: radio_box(
                    "role", one["code"], one["name"], ticked=one["code"] == Screen.values["role"]
                ),
            ),
            problems=Screen.problems,
        ),
    )


def _many() -> rx.Component:
    return rx.el.aside(
        section(
            "Invite several at once",
            rx.el.form(
                text_area(
                    "addresses",
                    "Email addresses",
                    hint="One a line, up to 50. Signatories are invited one by one.",
                    problems=Screen.problems,
                ),
                choices(
                    "batch_kind",
                    "What may they all do?",
                    [(value, label, "") for value, label, _ in _KINDS[:2]],
                    problems=Screen.problems,
                    kind="radio",
                    chosen="viewer",
                ),
                button("Invite them all", type="submit", kind="secondary"),
                on_submit=Screen.send_many,
                no_validate=True,
                class_name="k-form",
            ),
        ),
        rx.el.div(
            rx.cond(
                Screen.lines.length() > 0,
                table(
                    "What became of each",
                    [("Email address", "text"), ("Result", "text")],
                    Screen.lines,
                    lambda line: [
                        line["email"],
                        rx.cond(
                            line["tone"] == "good",
                            tag(line["words"], "good"),
                            rx.el.span(line["words"]),
                        ),
                    ],
                ),
            ),
            role="status",
            aria_live="polite",
        ),
        class_name="k-guidance",
    )

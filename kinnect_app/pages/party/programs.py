"""Programs that act for the company, and the addresses that are told of its changes."""

from collections.abc import Callable
from datetime import date

import reflex as rx

from components.button import button
from components.deliveries import deliveries
from components.error_summary import error_summary
from components.field import choices, field
from components.in_place import in_place
from components.loading import once_loaded
from components.notice import announcement, empty_state, notice
from components.page_header import page_header, section
from components.records import does, record, records
from components.reveal import revealed, reveals
from components.summary_list import summary_list
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page, help_for
from state.domain.api_scopes import scopes_on
from state.domain.webhooks import ALL_EVENTS, EVENTS
from state.ui.party.programs import ProgramsState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.PROGRAMS.path,
        page_header(
            "Programs and webhooks",
            lead="A program of yours can read what we hold and prepare changes. A person of your "
            "company approves each of them.",
        ),
        error_summary(Screen.problems),
        announcement(Screen.done),
        once_loaded(
            Screen.loaded,
            rx.cond(
                Screen.may_view,
                rx.el.div(
                    rx.cond(Screen.ending.contains("name"), _ending()),
                    _programs(),
                    _webhooks(),
                    deliveries(
                        Screen.deliveries,
                        look_again=Screen.look_again,
                        replay=Screen.replay,
                        may_replay=Screen.may_manage,
                    ),
                    class_name="k-stack",
                ),
                notice("Category A colleagues and assistants see the company's programs."),
            ),
        ),
        help_for("data"),
    )


def _programs() -> rx.Component:
    return _listed(
        "Programs",
        Screen.programs,
        _program,
        "No program acts for your company.",
        _adding("program", "Add a program", _new_program()),
    )


def _program(one: rx.Var[dict[str, str]]) -> rx.Component:
    named = rx.el.span(" of ", one["name"], class_name="k-hidden")
    place = "secret-" + one["public_id"].to(str)
    words = rx.cond(one["has_secret"] != "", "Replace the secret", "Make the secret")
    return _card(
        rx.el.strong(one["name"]),
        one,
        summary_list(
            ("Program id", rx.el.span(one["client_id"], class_name="k-mono")),
            ("It may", one["may"]),
            ("It comes from", rx.el.span(one["addresses"], class_name="k-mono")),
            ("Last used", one["used"]),
            ("Made by", one["since"]),
        ),
        place,
        rx.cond(
            one["is_open"] != "",
            rx.fragment(
                reveals(
                    words,
                    named,
                    address=f"programs/{one['public_id']}/secret",
                    place=place,
                    kind="secondary",
                    is_once=True,
                ),
                _ends("End the access", named, "program", one),
            ),
        ),
    )


def _new_program() -> rx.Component:
    return rx.el.form(
        field(
            "name",
            "Name of the program",
            hint="So that your colleagues know it, like ERP",
            problems=Screen.problems,
        ),
        choices(
            "scopes",
            "What may it do?",
            [(one.scope, one.words, one.hint) for one in scopes_on(date.max)],
            problems=Screen.problems,
        ),
        field(
            "networks",
            "Addresses that it comes from (optional)",
            hint="Like 192.0.2.7 or 192.0.2.0/24, with spaces between. Empty: from anywhere",
            problems=Screen.problems,
        ),
        _buttons("Give it access"),
        on_submit=Screen.add_program,
        no_validate=True,
        class_name="k-form",
    )


def _webhooks() -> rx.Component:
    return _listed(
        "Webhooks",
        Screen.webhooks,
        _webhook,
        "We tell no system of yours of changes.",
        _adding("webhook", "Add a webhook", _new_webhook()),
    )


def _webhook(one: rx.Var[dict[str, str]]) -> rx.Component:
    named = rx.el.span(" of ", one["name"], class_name="k-hidden")
    place = "signing-" + one["public_id"].to(str)
    address = f"webhooks/{one['public_id']}/secret"
    return _card(
        rx.el.strong(one["name"], class_name="k-mono"),
        one,
        summary_list(
            ("It is told of", one["events"]), ("Datasets", one["datasets"]), ("Since", one["since"])
        ),
        place,
        rx.fragment(
            reveals("Show the signing secret", named, address=address, place=place, is_once=True),
            button("Send a test", named, kind="secondary", on_click=Screen.ping(one["public_id"])),
            _ends("End the webhook", named, "webhook", one),
        ),
    )


def _new_webhook() -> rx.Component:
    return rx.el.form(
        field(
            "url",
            "Address",
            hint="It begins with https:// and answers within 10 seconds",
            problems=Screen.problems,
        ),
        choices(
            "events",
            "What should we tell it?",
            [(event, words, "") for event, words in ALL_EVENTS.items()],
            problems=Screen.problems,
            chosen=" ".join(EVENTS),
        ),
        field(
            "datasets",
            "Public datasets (if it is told when rows of them come)",
            hint="Codes or names with spaces between, like DISEBSP FUELINST",
            problems=Screen.problems,
        ),
        _buttons("Add the webhook"),
        on_submit=Screen.add_webhook,
        no_validate=True,
        class_name="k-form",
    )


def _listed(
    title: str,
    rows: rx.Var[list[dict[str, str]]],
    row: Callable[[rx.Var[dict[str, str]]], rx.Component],
    nothing: str,
    adding: rx.Component,
) -> rx.Component:
    return section(
        title,
        rx.el.div(records(rows, row, empty_state(nothing)), adding, class_name="k-stack"),
    )


def _card(
    name: rx.Component,
    one: rx.Var[dict[str, str]],
    facts: rx.Component,
    place: rx.Var[str],
    buttons: rx.Component,
) -> rx.Component:
    """A program or a webhook: `place` is where its secret is shown."""
    return record(
        rx.el.div(name, tag(one["state"], one["tone"]), class_name="k-inline"),
        facts,
        revealed(place),
        does=rx.cond(Screen.may_manage, does(buttons)),
    )


def _ends(words: str, named: rx.Component, what: str, one: rx.Var[dict[str, str]]) -> rx.Component:
    ask = Screen.begin_to_end(what, one["public_id"])
    return button(words, named, kind="quiet", on_click=ask)


def _ending() -> rx.Component:
    """The second question: what ends cannot be begun again."""
    one = Screen.ending
    is_program = one["what"] == "program"
    return in_place(
        "ending",
        rx.el.h2(
            rx.cond(is_program, "End the access of ", "End the webhook of "),
            one["name"],
            "?",
            class_name="k-form-title",
        ),
        rx.el.p(
            rx.cond(
                is_program,
                "Its secret and its tokens stop working at once. It cannot be let in again: make "
                "another program instead.",
                "We tell this address nothing more. Its signing secret is forgotten.",
            )
        ),
        rx.el.div(
            button(
                rx.cond(is_program, "End the access now", "End the webhook now"),
                kind="warning",
                on_click=Screen.end,
            ),
            button("Keep it", kind="quiet", on_click=Screen.begin("")),
            class_name="k-actions",
        ),
    )


def _adding(what: str, words: str, form: rx.Component) -> rx.Component:
    """The form in its place, or the button that opens it, or who can."""
    return rx.cond(
        Screen.may_manage,
        rx.cond(
            Screen.adding == what,
            in_place("adding", rx.el.h3(words, class_name="k-form-title"), form),
            rx.el.div(
                button(words, kind="secondary", on_click=Screen.begin(what)),
                class_name="k-actions",
            ),
        ),
        notice("A Category A colleague gives and ends access."),
    )


def _buttons(words: str) -> rx.Component:
    return rx.el.div(
        button(words, type="submit"),
        button("Cancel", kind="quiet", on_click=Screen.begin("")),
        class_name="k-actions",
    )

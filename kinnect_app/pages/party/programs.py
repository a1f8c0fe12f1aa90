"""Programs that act for the company, and the addresses that are told of its changes."""

from datetime import date

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, field
from components.notice import announcement, empty_state, notice
from components.page_header import page_header, section
from components.summary_list import summary_list
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page, help_for
from state.domain.api_scopes import scopes_on
from state.domain.webhooks import EVENTS
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
        rx.cond(
            Screen.loaded,
            rx.cond(
                Screen.may_view,
                rx.el.div(_programs(), _webhooks(), _deliveries(), class_name="k-stack"),
                notice("Category A colleagues and assistants see the company's programs."),
            ),
            rx.el.p("One moment …", class_name="k-soft", role="status"),
        ),
        help_for("data"),
    )


def _programs() -> rx.Component:
    return section(
        "Programs",
        rx.el.div(
            rx.cond(
                Screen.programs.length() > 0,
                rx.el.ul(rx.foreach(Screen.programs, _program), class_name="k-records"),
                empty_state("No program acts for your company."),
            ),
            _adding("program", "Add a program", _new_program()),
            class_name="k-stack",
        ),
    )


def _program(one: rx.Var[dict[str, str]]) -> rx.Component:
    place = "secret-" + one["public_id"].to(str)
    named = rx.el.span(" of ", one["name"], class_name="k-hidden")
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(one["name"]), tag(one["state"], one["tone"]), class_name="k-inline"
            ),
            summary_list(
                ("Program id", rx.el.span(one["client_id"], class_name="k-mono")),
                ("It may", one["may"]),
                ("It comes from", rx.el.span(one["addresses"], class_name="k-mono")),
                ("Last used", one["used"]),
            ),
            rx.el.div(id=place, role="status", aria_live="polite"),
            rx.el.p(one["since"], class_name="k-soft k-small"),
        ),
        rx.cond(
            Screen.may_manage & (one["is_open"] != ""),
            rx.el.div(
                button(
                    rx.cond(one["has_secret"] != "", "Replace the secret", "Make the secret"),
                    named,
                    kind="secondary",
                    custom_attrs={
                        "data-reveal": f"programs/{one['public_id']}/secret",
                        "data-once": "",
                        "aria-controls": place,
                    },
                ),
                button(
                    "End the access",
                    named,
                    kind="quiet",
                    on_click=Screen.end_program(one["public_id"]),
                ),
                class_name="k-record-does",
            ),
        ),
        class_name="k-record",
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
    return section(
        "Webhooks",
        rx.el.div(
            rx.cond(
                Screen.webhooks.length() > 0,
                rx.el.ul(rx.foreach(Screen.webhooks, _webhook), class_name="k-records"),
                empty_state("We tell no system of yours of changes."),
            ),
            _adding("webhook", "Add a webhook", _new_webhook()),
            class_name="k-stack",
        ),
    )


def _webhook(one: rx.Var[dict[str, str]]) -> rx.Component:
    place = "signing-" + one["public_id"].to(str)
    named = rx.el.span(" of ", one["url"], class_name="k-hidden")
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(one["url"], class_name="k-mono"),
                tag(one["state"], one["tone"]),
                class_name="k-inline",
            ),
            summary_list(("It is told of", one["events"]), ("Since", one["since"])),
            rx.el.div(id=place, role="status", aria_live="polite"),
        ),
        rx.cond(
            Screen.may_manage,
            rx.el.div(
                button(
                    "Show the signing secret",
                    named,
                    kind="quiet",
                    custom_attrs={
                        "data-reveal": f"webhooks/{one['public_id']}/secret",
                        "data-once": "",
                        "aria-controls": place,
                    },
                ),
                button(
                    "Send a test", named, kind="secondary", on_click=Screen.ping(one["public_id"])
                ),
                button(
                    "End the webhook",
                    named,
                    kind="quiet",
                    on_click=Screen.end_webhook(one["public_id"]),
                ),
                class_name="k-record-does",
            ),
        ),
        class_name="k-record",
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
            [(event, words, "") for event, words in EVENTS.items()],
            problems=Screen.problems,
            chosen=" ".join(EVENTS),
        ),
        _buttons("Add the webhook"),
        on_submit=Screen.add_webhook,
        no_validate=True,
        class_name="k-form",
    )


def _deliveries() -> rx.Component:
    return rx.cond(
        Screen.deliveries.length() > 0,
        section(
            "Last deliveries",
            rx.el.div(
                button("Look again", kind="quiet", on_click=Screen.look_again),
                class_name="k-actions",
            ),
            table(
                "What webhooks were sent",
                [
                    ("Event", "text"),
                    ("To", "text"),
                    ("When", "text"),
                    ("Tries", "figure"),
                    ("State", "text"),
                    ("Answer", "text"),
                    ("", "text"),
                ],
                Screen.deliveries,
                lambda one: [
                    rx.el.span(one["event"], class_name="k-mono"),
                    rx.el.span(one["url"], class_name="k-mono"),
                    one["at"],
                    one["tries"],
                    tag(one["state"], one["tone"]),
                    one["answer"],
                    rx.cond(
                        Screen.may_manage,
                        button(
                            "Send again", kind="quiet", on_click=Screen.replay(one["public_id"])
                        ),
                    ),
                ],
            ),
        ),
    )


def _adding(what: str, words: str, form: rx.Component) -> rx.Component:
    """The form in its place, or the button that opens it, or who can."""
    return rx.cond(
        Screen.may_manage,
        rx.cond(
            Screen.adding == what,
            rx.el.section(
                rx.el.h3(words, class_name="k-form-title"),
                form,
                id="adding",
                tab_index=-1,
                class_name="k-guidance k-in-place",
            ),
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

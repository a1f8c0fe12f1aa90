"""People and access of the company."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, date_field, tick_box
from components.in_place import in_place
from components.loading import once_loaded
from components.notice import announcement, empty_state, notice
from components.page_header import page_header
from components.segmented import segmented
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import account_page
from state.ui.party.people import PeopleState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return account_page(
        routes.PEOPLE.path,
        page_header(
            "People and access",
            aside=rx.cond(
                Screen.may_grant, link_button("Invite a colleague", href=routes.INVITE.path)
            ),
        ),
        error_summary(Screen.problems),
        announcement(Screen.done),
        once_loaded(
            Screen.loaded,
            rx.el.div(
                rx.cond(Screen.ending.contains("name"), _ending()),
                segmented("Which people", Screen.choices),
                rx.match(Screen.tab, ("invited", _invited()), ("ended", _ended()), _active()),
                class_name="k-stack",
            ),
        ),
    )


def _active() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Screen.overdue > 0,
            notice(
                "It is more than a year since it was confirmed that all of these people still "
                "need access. Overdue: ",
                Screen.overdue,
                ".",
                tone="warn",
            ),
        ),
        rx.el.form(
            rx.el.div(
                table(
                    "People who have access",
                    [
                        ("Name", "text"),
                        ("What they are", "text"),
                        ("Since", "text"),
                        ("Last seen", "text"),
                        ("Second factor", "text"),
                        ("Last confirmed", "text"),
                        ("", "text"),
                    ],
                    Screen.people,
                    _active_cells,
                ),
                id="people",
                tab_index=-1,
            ),
            rx.cond(
                Screen.may_grant,
                rx.el.div(
                    button("Confirm these people still need access", type="submit"),
                    class_name="k-actions",
                ),
                rx.el.p("A Category A colleague gives and ends access.", class_name="k-soft"),
            ),
            on_submit=Screen.confirm,
        ),
        class_name="k-stack",
    )


def _active_cells(one: rx.Var) -> list[rx.Component | rx.Var | str]:
    return [
        rx.cond(
            Screen.may_grant,
            tick_box("people", one["public_id"], one["name"], hint=_under_name(one)),
            _named(one),
        ),
        rx.el.span(
            one["is_what"],
            rx.cond(
                one["until"] != "",
                rx.el.span("Until ", one["until"], class_name="k-under"),
            ),
        ),
        _unbroken(one["since"]),
        _unbroken(one["last_seen"]),
        one["second_factor"],
        rx.el.span(
            _unbroken(one["confirmed"]),
            rx.cond(one["overdue"] != "", rx.fragment(" ", tag(one["overdue"], "warn"))),
        ),
        rx.cond(Screen.may_grant | Screen.may_name_signatories, _what_to_do(one), rx.fragment()),
    ]


def _unbroken(day: rx.Var) -> rx.Component:
    return rx.el.span(day, class_name="k-nowrap")


def _under_name(one: rx.Var) -> rx.Var:
    return rx.cond(one["me"] != "", "You", one["email"])


def _named(one: rx.Var) -> rx.Component:
    return rx.el.span(one["name"], rx.el.span(_under_name(one), class_name="k-under"))


def _what_to_do(one: rx.Var) -> rx.Component:
    named = rx.el.span(" ", one["name"], class_name="k-hidden")
    return rx.el.div(
        rx.cond(
            Screen.may_name_signatories,
            link_button(
                rx.cond(one["signs"] != "", "Change what they sign", "Make a signatory"),
                named,
                href=f"{routes.SIGNATORY.path}?id=" + one["public_id"].to(str),
                kind="quiet",
            ),
        ),
        rx.cond(
            Screen.may_grant & (one["other_kind"] != ""),
            button(
                "Make ",
                one["other_kind"],
                named,
                kind="quiet",
                on_click=Screen.change_kind(one["public_id"], one["other_kind"]),
            ),
        ),
        rx.cond(
            Screen.may_grant,
            button(
                "End access", named, kind="quiet", on_click=Screen.begin_to_end(one["public_id"])
            ),
        ),
        class_name="k-cell-actions",
    )


def _ending() -> rx.Component:
    return in_place(
        "ending",
        rx.el.h2("End the access of ", Screen.ending["name"], class_name="k-form-title"),
        rx.el.form(
            choices(
                "when",
                "From when?",
                [
                    ("today", "From today", "They are out at their next click"),
                    ("later", "From a later day", "The day before is their last"),
                ],
                problems=Screen.problems,
                kind="radio",
                chosen="today",
            ),
            date_field(
                "on", "The later day", hint="For example, 27 3 2027", problems=Screen.problems
            ),
            rx.el.div(
                button("End the access", type="submit", kind="warning"),
                button("Cancel", kind="quiet", on_click=Screen.keep),
                class_name="k-actions",
            ),
            key=Screen.ending["public_id"],
            on_submit=Screen.end,
            no_validate=True,
            class_name="k-form",
        ),
    )


def _invited() -> rx.Component:
    return rx.cond(
        Screen.invitations.length() > 0,
        table(
            "People who are invited",
            [
                ("Name", "text"),
                ("As", "text"),
                ("Status", "text"),
                ("Invited by", "text"),
                ("Runs out", "text"),
                ("", "text"),
            ],
            Screen.invitations,
            lambda one: [
                rx.el.span(one["name"], rx.el.span(one["email"], class_name="k-under")),
                one["offered"],
                tag(one["status"], one["tone"]),
                rx.el.span(one["invited_by"], rx.el.span(one["invited"], class_name="k-under")),
                _unbroken(one["expires"]),
                _about_invitation(one),
            ],
        ),
        empty_state("Nobody is invited just now."),
    )


def _about_invitation(one: rx.Var) -> rx.Component:
    named = rx.el.span(" ", one["name"], class_name="k-hidden")
    return rx.el.div(
        rx.cond(
            one["awaits_me"] != "",
            button(
                "Approve and send",
                named,
                kind="secondary",
                on_click=Screen.approve(one["public_id"]),
            ),
        ),
        rx.cond(
            one["resend"] != "",
            button("Send again", named, kind="quiet", on_click=Screen.resend(one["public_id"])),
        ),
        rx.cond(
            one["revoke"] != "",
            button("Withdraw", named, kind="quiet", on_click=Screen.revoke(one["public_id"])),
        ),
        class_name="k-cell-actions",
    )


def _ended() -> rx.Component:
    return rx.cond(
        Screen.people.length() > 0,
        table(
            "People whose access has ended",
            [("Name", "text"), ("Since", "text"), ("Last day", "text"), ("Last seen", "text")],
            Screen.people,
            lambda one: [
                _named(one),
                _unbroken(one["since"]),
                _unbroken(one["until"]),
                _unbroken(one["last_seen"]),
            ],
        ),
        empty_state("Nobody's access has ended."),
    )

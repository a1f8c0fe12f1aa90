"""One change: what it does, who decided what, and what can be decided now."""

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, text_area
from components.notice import announcement, notice
from components.page_header import back_link, page_header, section
from components.summary_list import summary_list
from components.table import table
from components.tag import tag
from components.timeline import timeline
from kinnect_app import routes
from kinnect_app.pages.layout import party_page
from state.ui.party.change import ChangeState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    change = Screen.change
    return party_page(
        back_link("Changes", routes.CHANGES.path),
        rx.cond(
            change.contains("public_id"),
            rx.fragment(
                page_header(
                    change["what"],
                    over=change["action"],
                    aside=tag(change["status"], change["tone"]),
                ),
                announcement(Screen.said),
                error_summary(Screen.problems),
                rx.cond(change["answer"] != "", notice(change["answer"], tone="warn")),
                rx.cond(Screen.meetings.length() > 0, _merge(), _what_changes()),
                rx.el.div(_does(), _story(), class_name="k-halves"),
            ),
        ),
    )


def _what_changes() -> rx.Component:
    return section(
        rx.cond(Screen.may_edit, "Check before you send", "What changes"),
        table(
            "What changes",
            [("", "text"), ("Now", "text"), ("Then", "text")],
            Screen.fields,
            lambda row: [
                rx.el.strong(row["label"]),
                rx.cond(
                    row["before"] != "",
                    rx.el.del_(row["before"], class_name="k-was"),
                    rx.el.span("Nothing", class_name="k-soft"),
                ),
                rx.cond(
                    row["after"] != "",
                    rx.el.ins(row["after"], class_name="k-will-be"),
                    rx.el.span("Nothing", class_name="k-soft"),
                ),
            ],
        ),
        summary_list(
            ("Counts from", Screen.change["on"]),
            ("Prepared by", Screen.change["by"]),
            ("Why", rx.cond(Screen.change["reason"] != "", Screen.change["reason"], "–")),
        ),
    )


def _merge() -> rx.Component:
    """Somebody wrote meanwhile: of each field that both changed, one is chosen."""
    return section(
        "Somebody changed this while you were at it",
        rx.el.p(
            "Your other changes are kept as they are. Choose for each of these.",
            class_name="k-lead",
        ),
        rx.el.form(
            rx.foreach(Screen.meetings, _meeting),
            rx.el.div(button("Go on with these", type="submit"), class_name="k-actions"),
            on_submit=Screen.merge,
            no_validate=True,
            class_name="k-form",
        ),
    )


def _meeting(met: rx.Var[dict[str, str]]) -> rx.Component:
    name = "take." + met["field"].to(str)
    return rx.el.fieldset(
        rx.el.legend(met["label"], class_name="k-label"),
        rx.el.p("It was: ", met["base"], class_name="k-hint"),
        *(
            rx.el.div(
                rx.el.input(
                    id=name + "-" + side,
                    name=name,
                    type="radio",
                    value=side,
                    default_checked=side == "theirs",
                    class_name="k-check",
                ),
                rx.el.label(rx.el.span(words, met[side]), html_for=name + "-" + side),
                class_name="k-choice",
            )
            for side, words in (("theirs", "Theirs: "), ("yours", "Yours: "))
        ),
        class_name="k-field",
    )


def _does() -> rx.Component:
    """What whoever looks may do about it."""
    return rx.fragment(
        rx.cond(Screen.may_edit & (Screen.meetings.length() == 0), _send()),
        rx.cond(Screen.may_approve, _approve()),
        rx.cond(Screen.may_stop, _stop()),
        rx.cond(Screen.may_withdraw & ~Screen.may_edit, _withdraw()),
        rx.cond(
            Screen.may_edit | Screen.may_approve | Screen.may_stop | Screen.may_withdraw,
            rx.fragment(),
            section("What happens next", rx.el.p(Screen.change["next"])),
        ),
    )


def _send() -> rx.Component:
    return section(
        "Is this right?",
        rx.el.p(Screen.change["next"]),
        rx.el.div(
            button(Screen.send_words, on_click=Screen.submit),
            link_button("Change it", href=Screen.change["edit_href"], kind="secondary"),
            button("Throw it away", on_click=Screen.withdraw, kind="quiet"),
            class_name="k-actions",
        ),
    )


def _approve() -> rx.Component:
    return section(
        "Your decision",
        rx.el.p(
            "What you sign is exactly what stands here. Confirm it with whoever made it, by other "
            "means than a message."
        ),
        rx.el.form(
            choices(
                "decision",
                "What do you decide?",
                [
                    ("approve", "Approve", ""),
                    ("return", "Return it to be improved", "A reason is needed"),
                    ("refuse", "Refuse it", "A reason is needed"),
                ],
                problems=Screen.problems,
                kind="radio",
            ),
            text_area(
                "reason",
                "What shall we tell your colleague?",
                problems=Screen.problems,
                hint="Up to 500 characters.",
                rows=2,
            ),
            button("Send the decision", type="submit"),
            on_submit=Screen.decide,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _stop() -> rx.Component:
    return section(
        "Do you not expect this?",
        rx.el.p("Stop it now. Everyone who was told of it is told, and so are we."),
        rx.el.form(
            text_area("stop_reason", "Why?", problems=Screen.problems, rows=2),
            button("Stop this change", type="submit", kind="warning"),
            on_submit=Screen.stop,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _withdraw() -> rx.Component:
    return section(
        "What happens next",
        rx.el.p(Screen.change["next"]),
        button("Take it back", on_click=Screen.withdraw, kind="secondary"),
    )


def _story() -> rx.Component:
    return section("So far", timeline(Screen.story))

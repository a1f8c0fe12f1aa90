"""One change: what it does, who decided what, and what can be decided now."""

from typing import Any

import reflex as rx

from components.button import button, link_button
from components.error_summary import error_summary
from components.field import choices, text_area
from components.notice import announcement, notice
from components.page_header import page_header, section
from components.summary_list import summary_list
from components.table import table
from components.tag import tag
from components.timeline import timeline


def change_page(screen: Any) -> rx.Component:  # noqa: ANN401  # with the Vars and events of a change
    """The change that a screen holds."""
    change = screen.change
    return rx.cond(
        change.contains("public_id"),
        rx.fragment(
            page_header(
                change["what"],
                over=change["action"],
                aside=tag(change["status"], change["tone"]),
            ),
            announcement(screen.said),
            error_summary(screen.problems),
            rx.cond(change["answer"] != "", notice(change["answer"], tone="warn")),
            rx.cond(screen.meetings.length() > 0, _merge(screen), _what_changes(screen)),
            rx.el.div(_does(screen), _story(screen), class_name="k-halves"),
        ),
    )


def _what_changes(screen: Any) -> rx.Component:  # noqa: ANN401
    return section(
        rx.cond(screen.may_edit, "Check before you send", "What changes"),
        table(
            "What changes",
            [("", "text"), ("Now", "text"), ("Then", "text")],
            screen.fields,
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
            cards=True,
        ),
        summary_list(
            ("Counts from", screen.change["on"]),
            ("Prepared by", screen.change["by"]),
            ("Why", rx.cond(screen.change["reason"] != "", screen.change["reason"], "–")),
        ),
    )


def _merge(screen: Any) -> rx.Component:  # noqa: ANN401
    """Somebody wrote meanwhile: of each field that both changed, one is chosen."""
    return section(
        "Somebody changed this while you were at it",
        rx.el.p(
            "Your other changes are kept as they are. Choose for each of these.",
            class_name="k-lead",
        ),
        rx.el.form(
            rx.foreach(screen.meetings, _meeting),
            rx.el.div(button("Go on with these", type="submit"), class_name="k-actions"),
            on_submit=screen.merge,
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


def _does(screen: Any) -> rx.Component:  # noqa: ANN401
    """What whoever looks may do about it."""
    return rx.fragment(
        rx.cond(screen.may_edit & (screen.meetings.length() == 0), _send(screen)),
        rx.cond(screen.may_approve, _approve(screen)),
        rx.cond(screen.may_stop, _stop(screen)),
        rx.cond(screen.may_withdraw & ~screen.may_edit, _withdraw(screen)),
        rx.cond(
            screen.may_edit | screen.may_approve | screen.may_stop | screen.may_withdraw,
            rx.fragment(),
            section("What happens next", rx.el.p(screen.change["next"]), _where_it_stands(screen)),
        ),
    )


def _send(screen: Any) -> rx.Component:  # noqa: ANN401
    return section(
        "Is this right?",
        rx.el.p(screen.change["next"]),
        rx.el.div(
            button(screen.send_words, on_click=screen.submit),
            link_button("Change it", href=screen.change["edit_href"], kind="secondary"),
            button("Throw it away", on_click=screen.withdraw, kind="quiet"),
            class_name="k-actions",
        ),
    )


def _approve(screen: Any) -> rx.Component:  # noqa: ANN401
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
                problems=screen.problems,
                kind="radio",
            ),
            text_area(
                "reason",
                "What shall we tell your colleague?",
                problems=screen.problems,
                hint="Up to 500 characters.",
                rows=2,
            ),
            button("Send the decision", type="submit"),
            on_submit=screen.decide,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _stop(screen: Any) -> rx.Component:  # noqa: ANN401
    return section(
        "Do you not expect this?",
        rx.el.p("Stop it now. Everyone who was told of it is told, and so are we."),
        rx.el.form(
            text_area("stop_reason", "Why?", problems=screen.problems, rows=2),
            button("Stop this change", type="submit", kind="warning"),
            on_submit=screen.stop,
            no_validate=True,
            class_name="k-form k-narrow",
        ),
    )


def _withdraw(screen: Any) -> rx.Component:  # noqa: ANN401
    return section(
        "What happens next",
        rx.el.p(screen.change["next"]),
        button("Take it back", on_click=screen.withdraw, kind="secondary"),
    )


def _where_it_stands(screen: Any) -> rx.Component:  # noqa: ANN401
    return rx.el.div(
        link_button(screen.change["see"], href=screen.change["see_href"], kind="secondary"),
        class_name="k-actions",
    )


def _story(screen: Any) -> rx.Component:  # noqa: ANN401
    return section("So far", timeline(screen.story))

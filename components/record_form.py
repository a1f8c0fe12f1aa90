"""The form of a registered record: its questions, when the change counts, and keeping a draft."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from components.button import button, link_button
from components.draft_notice import draft_notice, kept_as
from components.error_summary import error_summary
from components.field import date_field, text_area
from components.notice import notice
from components.question import Asked, question


def record_form(  # noqa: PLR0913  # a form has this many sides
    screen: Any,  # noqa: ANN401  # a screen with the Vars and events of a record's form
    asked: list[Asked],
    *,
    organisation: rx.Var[str],
    back: str,
    when_hint: str,
    with_reason: bool = False,
    choosing: tuple[str, ...] = (),
    only_where: Mapping[str, Any] | None = None,
) -> rx.Component:
    """`choosing` are the questions whose answers decide which others are asked (`only_where`)."""
    shown_where = only_where or {}
    questions = [
        _where(shown_where.get(one.name), _question(screen, one, one.name in choosing))
        for one in asked
    ]
    return rx.el.div(
        draft_notice(
            screen.kept, is_outdated=screen.is_outdated, on_start_again=screen.start_again
        ),
        error_summary(screen.problems),
        rx.cond(screen.held_by != "", _held(screen)),
        rx.cond(
            (screen.loaded != "") & (screen.held_by == ""),
            rx.el.form(
                rx.cond(screen.is_end, rx.fragment(), rx.fragment(*questions)),
                date_field(
                    "effective_on",
                    rx.cond(screen.is_end, "Last day", "From when? (optional)"),
                    problems=screen.problems,
                    hint=when_hint,
                    value=screen.effective_on,
                ),
                text_area(
                    "reason",
                    "Why? (optional)",
                    problems=screen.problems,
                    hint="Whoever approves this reads it.",
                    rows=2,
                    default_value=screen.reason,
                )
                if with_reason
                else None,
                rx.el.div(
                    button("Continue", type="submit"),
                    link_button("Cancel", href=back, kind="quiet"),
                    class_name="k-actions",
                ),
                key=screen.loaded + "/" + screen.drawn.to_string(),
                custom_attrs=kept_as(
                    screen.draft_key, organisation=organisation, basis=screen.basis
                )
                | {"data-draft-skip": " ".join(one.name for one in asked if one.private)},
                on_submit=screen.keep,
                no_validate=True,
                class_name="k-form",
            ),
        ),
        class_name="k-narrow",
    )


def _held(screen: Any) -> rx.Component:  # noqa: ANN401
    """Two do not type into one form: whoever comes second may take it over, or come back."""
    return rx.el.div(
        notice(
            screen.held_by, " Wait until they are done, or go on with what they typed.", tone="warn"
        ),
        rx.el.div(
            button("Take it over", kind="secondary", on_click=screen.take_over),
            class_name="k-actions",
        ),
        role="status",
    )


def _question(screen: Any, one: Asked, decides: bool) -> rx.Component:  # noqa: ANN401, FBT001
    return question(
        one,
        problems=screen.problems,
        values=screen.values,
        confirmations=screen.confirmations,
        on_leave=screen.confirm,
        on_choose=screen.choose if decides else None,
    )


def _where(shown: Any, content: rx.Component) -> rx.Component:  # noqa: ANN401
    return content if shown is None else rx.cond(shown, content)

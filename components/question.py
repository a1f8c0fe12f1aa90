"""A question drawn from what the catalogue says of its field, with why it is asked."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import reflex as rx
from reflex.event import EventSpec

from components.field import choices, date_field, field, select_field, text_area

Texts = rx.Var[dict[str, str]]
OnLeave = Callable[[str, rx.Var[str]], EventSpec]
OnChoose = Callable[[str, str | rx.Var[str]], EventSpec]


class Offered(Protocol):
    """One of the answers to choose from."""

    @property
    def value(self) -> str:
        """What is kept."""

    @property
    def label(self) -> str:
        """What is read."""

    @property
    def hint(self) -> str:
        """What more there is to say of it."""


class Asked(Protocol):
    """What a question reads of its field."""

    @property
    def name(self) -> str:
        """The key of the answer."""

    @property
    def question(self) -> str:
        """The label, which says when an answer is optional."""

    @property
    def hint(self) -> str:
        """What helps to answer."""

    @property
    def why(self) -> str:
        """Why it is asked."""

    @property
    def example(self) -> str:
        """An answer that would do."""

    @property
    def box(self) -> str:
        """text, textarea, radio, ticks, select or date."""

    @property
    def width(self) -> str:
        """How wide the box is."""

    @property
    def autocomplete(self) -> str:
        """What a browser may fill in."""

    @property
    def input_mode(self) -> str:
        """Which keyboard a telephone shows."""

    @property
    def private(self) -> bool:
        """Whether what is held never goes to a page."""

    @property
    def is_confirmed(self) -> bool:
        """Whether a good answer is confirmed as soon as the box is left."""

    @property
    def choices(self) -> Sequence[Offered]:
        """The answers to choose from."""


def question(
    asked: Asked,
    *,
    problems: Texts,
    values: Texts | None = None,
    confirmations: Texts | None = None,
    on_leave: OnLeave | None = None,
    on_choose: OnChoose | None = None,
) -> rx.Component:
    """The question with the box of its kind.

    `on_leave(name, typed)` is asked for codes alone, `on_choose(name, value)` where the answer
    decides which other questions there are. What is private shows nothing that is held.
    """
    held = None if values is None or asked.private else _held(values, asked.name)
    told = {"problems": problems, "hint": hint_of(asked), "below": _below(asked, confirmations)}
    if asked.box in {"radio", "ticks"}:
        return _choices(asked, held, on_choose, told)
    if asked.box == "select":
        options = [(each.value, each.label) for each in asked.choices]
        chosen: dict[str, Any] = {} if held is None else {"default_value": held}
        if on_choose is not None:
            chosen |= {"on_change": lambda value: on_choose(asked.name, value)}
        return select_field(asked.name, asked.question, options, **told, **chosen)
    if asked.box == "date":
        return date_field(asked.name, asked.question, value=held, **told)
    return _typed(asked, held, on_leave if confirmations is not None else None, told)


def _held(values: Texts, name: str) -> rx.Var[str]:
    """The answer that is held; nothing before the page has read any."""
    return rx.cond(values.contains(name), values[name], "").to(str)


def hint_of(asked: Asked) -> str:
    """What helps to answer, and an example; a name in a hint already says `for example`."""
    if not asked.example or "For example" in asked.hint:
        return asked.hint
    example = f"For example, {asked.example}"
    return f"{asked.hint}. {example}" if asked.hint else example


def _choices(
    asked: Asked, held: rx.Var[str] | None, on_choose: OnChoose | None, told: dict
) -> rx.Component:
    return choices(
        asked.name,
        asked.question,
        [(each.value, each.label, each.hint) for each in asked.choices],
        kind="radio" if asked.box == "radio" else "checkbox",
        chosen="" if held is None else held,
        on_choose=None if on_choose is None else lambda value: on_choose(asked.name, value),
        **told,
    )


def _typed(
    asked: Asked, held: rx.Var[str] | None, on_leave: OnLeave | None, told: dict
) -> rx.Component:
    props: dict[str, Any] = {} if held is None else {"default_value": held}
    if asked.box == "textarea":
        return text_area(asked.name, asked.question, **told, **props)
    if on_leave is not None and asked.is_confirmed:
        props |= {"on_blur": lambda typed: on_leave(asked.name, typed)}
    return field(
        asked.name,
        asked.question,
        width=asked.width,
        auto_complete=asked.autocomplete,
        input_mode=asked.input_mode,
        **told,
        **props,
    )


def _below(asked: Asked, confirmations: Texts | None) -> tuple[rx.Component, ...]:
    confirmed = (
        (_confirmation(asked.name, confirmations),)
        if confirmations is not None and asked.is_confirmed
        else ()
    )
    return (*confirmed, _why(asked)) if asked.why else confirmed


def _confirmation(name: str, confirmations: Texts) -> rx.Component:
    return rx.el.div(
        rx.cond(
            confirmations.contains(name),
            rx.el.p(
                rx.icon("circle-check", size=18, aria_hidden="true"),
                confirmations[name],
                class_name="k-confirmed",
            ),
        ),
        id=f"{name}-confirmation",
        aria_live="polite",
        class_name="k-confirmation",
    )


def _why(asked: Asked) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span("Why we ask"), rx.el.span(f": {asked.question}", class_name="k-hidden")
        ),
        rx.el.p(asked.why),
        class_name="k-why",
    )

"""One question of a form: label, hint, the box, and what is wrong with the answer."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventSpec


def field(
    name: str,
    label: str,
    *,
    problems: rx.Var[dict[str, str]],
    hint: str = "",
    width: str = "full",
    below: tuple[rx.Component, ...] = (),
    **props,
) -> rx.Component:
    """A line of text. `name` is the key of the answer and of its problem."""
    box = rx.el.input(
        id=name,
        name=name,
        class_name=f"k-input k-width-{width}",
        custom_attrs=_described(name, hint, problems),
        **{"type": "text", "auto_complete": "off", **props},
    )
    return _question(name, label, box, problems, hint, below)


def text_area(
    name: str,
    label: str,
    *,
    problems: rx.Var[dict[str, str]],
    hint: str = "",
    rows: int = 4,
    below: tuple[rx.Component, ...] = (),
    **props,
) -> rx.Component:
    """Several lines of text."""
    box = rx.el.textarea(
        id=name,
        name=name,
        rows=rows,
        class_name="k-input k-width-full",
        custom_attrs=_described(name, hint, problems),
        **props,
    )
    return _question(name, label, box, problems, hint, below)


def select_field(  # noqa: PLR0913  # a question has this many sides
    name: str,
    label: str,
    options: list[tuple[str, str]] | rx.Var[list[dict[str, str]]],
    *,
    problems: rx.Var[dict[str, str]],
    hint: str = "",
    width: str = "20",
    below: tuple[rx.Component, ...] = (),
    **props,
) -> rx.Component:
    """One of many: (value, label) each, or rows of {value, text}; nothing is chosen at first."""
    box = rx.el.select(
        rx.el.option("Choose one", value=""),
        *_options(options),
        id=name,
        name=name,
        class_name=f"k-input k-select k-width-{width}",
        custom_attrs=_described(name, hint, problems),
        **props,
    )
    return _question(name, label, box, problems, hint, below)


def date_field(  # noqa: PLR0913  # a question has this many sides
    name: str,
    legend: str,
    *,
    problems: rx.Var[dict[str, str]],
    hint: str = "",
    value: rx.Var[str] | None = None,
    typed: rx.Var[dict[str, str]] | None = None,
    below: tuple[rx.Component, ...] = (),
) -> rx.Component:
    """A date in three boxes: `{name}_day`, `{name}_month`, `{name}_year`.

    `value` is ISO; `typed` has what was typed into each box by its name, a date or not.
    """
    boxes = (("day", "Day", "2", 2), ("month", "Month", "2", 1), ("year", "Year", "4", 0))
    held = {} if value is None else {part: value.split("-")[at] for part, _, _, at in boxes}
    if typed is not None:
        held = {part: typed[f"{name}_{part}"] for part, *_ in boxes}
    return _group(
        name,
        legend,
        rx.el.div(
            *(
                rx.el.div(
                    rx.el.label(word, html_for=f"{name}_{part}", class_name="k-label-small"),
                    rx.el.input(
                        id=f"{name}_{part}",
                        name=f"{name}_{part}",
                        type="text",
                        input_mode="numeric",
                        auto_complete="off",
                        class_name=f"k-input k-width-{digits}",
                        custom_attrs=_described(name, hint, problems),
                        **({"default_value": held[part]} if held else {}),
                    ),
                )
                for part, word, digits, _ in boxes
            ),
            class_name="k-date",
        ),
        problems,
        hint,
        below,
    )


def choices(  # noqa: PLR0913  # a question has this many sides
    name: str,
    legend: str,
    options: list[tuple[str, str, str]],
    *,
    problems: rx.Var[dict[str, str]],
    kind: str = "checkbox",
    hint: str = "",
    chosen: str | rx.Var[str] = "",
    below: tuple[rx.Component, ...] = (),
    on_choose: Callable[[str], EventSpec] | None = None,
) -> rx.Component:
    """Tick boxes or radio buttons: (value, label, hint) each; `chosen` are values with spaces."""
    return _group(
        name,
        legend,
        rx.el.div(
            *(
                rx.el.div(
                    rx.el.input(
                        id=f"{name}-{value}",
                        name=name if kind == "radio" else f"{name}.{value}",
                        type=kind,
                        value=value,
                        default_checked=_is_chosen(value, chosen),
                        class_name="k-check",
                        **({"on_change": on_choose(value)} if on_choose else {}),
                    ),
                    rx.el.label(
                        rx.el.span(label),
                        rx.el.span(note, class_name="k-hint") if note else None,
                        html_for=f"{name}-{value}",
                    ),
                    class_name="k-choice",
                )
                for value, label, note in options
            ),
            class_name="k-choices",
        ),
        problems,
        hint,
        below,
    )


def radio_box(
    name: str,
    value: rx.Var[str] | str,
    label: rx.Var[str] | str,
    *,
    hint: str = "",
    ticked: rx.Var[bool] | bool = False,
    **props,
) -> rx.Component:
    """One of several answers to one question: answers `name` with the value."""
    key = rx.Var.create(f"{name}-") + value
    return rx.el.div(
        rx.el.input(
            id=key,
            name=name,
            type="radio",
            value=value,
            default_checked=ticked,
            class_name="k-check",
            **props,
        ),
        rx.el.label(
            rx.el.span(label),
            rx.el.span(hint, class_name="k-hint") if hint else None,
            html_for=key,
        ),
        class_name="k-choice",
    )


def tick_box(
    name: str,
    value: rx.Var[str] | str,
    label: rx.Var[str] | str,
    *,
    hint: rx.Var[str] | str = "",
    ticked: rx.Var[bool] | bool = False,
) -> rx.Component:
    """One box of a group whose options are known only on screen: answers `name.value`."""
    key = rx.Var.create(name) + "." + value
    return rx.el.div(
        rx.el.input(
            id=key,
            name=key,
            type="checkbox",
            default_checked=ticked,
            class_name="k-check",
        ),
        rx.el.label(rx.el.span(label), rx.el.span(hint, class_name="k-hint"), html_for=key),
        class_name="k-choice",
    )


def _options(options: list[tuple[str, str]] | rx.Var[list[dict[str, str]]]) -> list[rx.Component]:
    if isinstance(options, rx.Var):
        return [rx.foreach(options, lambda one: rx.el.option(one["text"], value=one["value"]))]
    return [rx.el.option(words, value=value) for value, words in options]


def _is_chosen(value: str, chosen: str | rx.Var[str]) -> bool | rx.Var[bool]:
    if isinstance(chosen, rx.Var):
        return chosen.split(" ").contains(value)
    return value in chosen.split(" ")


def _question(  # a question has this many sides
    name: str,
    label: str,
    box: rx.Component,
    problems: rx.Var[dict[str, str]],
    hint: str,
    below: tuple[rx.Component, ...],
) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="k-label"),
        rx.el.p(hint, id=f"{name}-hint", class_name="k-hint") if hint else None,
        _problem(name, problems),
        box,
        *below,
        class_name=rx.cond(problems.contains(name), "k-field k-field-wrong", "k-field"),
    )


def question_of(
    name: str, legend: str, boxes: rx.Component, *, problems: rx.Var[dict[str, str]], hint: str = ""
) -> rx.Component:
    """A question whose boxes are drawn elsewhere."""
    return _group(name, legend, rx.el.div(boxes, class_name="k-choices"), problems, hint, ())


def _group(  # a question has this many sides
    name: str,
    legend: str,
    boxes: rx.Component,
    problems: rx.Var[dict[str, str]],
    hint: str,
    below: tuple[rx.Component, ...],
) -> rx.Component:
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(legend, class_name="k-label"),
            rx.el.p(hint, id=f"{name}-hint", class_name="k-hint") if hint else None,
            _problem(name, problems),
            boxes,
        ),
        *below,
        id=name,  # never on a box: Reflex reads boxes by id as well as by name
        tab_index=-1,
        class_name=rx.cond(problems.contains(name), "k-field k-field-wrong", "k-field"),
    )


def _problem(name: str, problems: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.cond(
        problems.contains(name),
        rx.el.p(
            rx.el.span("Error: ", class_name="k-hidden"),
            problems[name],
            id=f"{name}-problem",
            class_name="k-problem",
        ),
    )


def _described(name: str, hint: str, problems: rx.Var[dict[str, str]]) -> dict[str, str | rx.Var]:
    hinted = f"{name}-hint" if hint else ""
    return {
        "aria-describedby": rx.cond(
            problems.contains(name), f"{hinted} {name}-problem".strip(), hinted
        ),
        "aria-invalid": rx.cond(problems.contains(name), "true", "false"),
    }

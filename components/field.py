"""One question of a form: label, hint, the box, and what is wrong with the answer."""

import reflex as rx


def field(
    name: str,
    label: str,
    *,
    problems: rx.Var[dict[str, str]],
    hint: str = "",
    width: str = "full",
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
    return _question(name, label, box, problems, hint)


def text_area(
    name: str,
    label: str,
    *,
    problems: rx.Var[dict[str, str]],
    hint: str = "",
    rows: int = 4,
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
    return _question(name, label, box, problems, hint)


def date_field(
    name: str, legend: str, *, problems: rx.Var[dict[str, str]], hint: str = ""
) -> rx.Component:
    """A date in three boxes: `{name}_day`, `{name}_month`, `{name}_year`."""
    boxes = (("day", "Day", "2"), ("month", "Month", "2"), ("year", "Year", "4"))
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
                    ),
                )
                for part, word, digits in boxes
            ),
            class_name="k-date",
        ),
        problems,
        hint,
    )


def choices(  # noqa: PLR0913  # a question has this many sides
    name: str,
    legend: str,
    options: list[tuple[str, str, str]],
    *,
    problems: rx.Var[dict[str, str]],
    kind: str = "checkbox",
    hint: str = "",
    chosen: str = "",
) -> rx.Component:
    """Tick boxes or radio buttons: (value, label, hint) each."""
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
                        default_checked=value == chosen,
                        class_name="k-check",
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
    )


def _question(
    name: str, label: str, box: rx.Component, problems: rx.Var[dict[str, str]], hint: str
) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name="k-label"),
        rx.el.p(hint, id=f"{name}-hint", class_name="k-hint") if hint else None,
        _problem(name, problems),
        box,
        class_name=rx.cond(problems.contains(name), "k-field k-field-wrong", "k-field"),
    )


def _group(
    name: str, legend: str, boxes: rx.Component, problems: rx.Var[dict[str, str]], hint: str
) -> rx.Component:
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(legend, class_name="k-label"),
            rx.el.p(hint, id=f"{name}-hint", class_name="k-hint") if hint else None,
            _problem(name, problems),
            boxes,
        ),
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

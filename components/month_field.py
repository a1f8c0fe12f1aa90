"""A month and a year in two boxes: `{name}_month`, `{name}_year`."""

import reflex as rx

from components.field import question_of


def month_field(
    name: str, legend: str, *, problems: rx.Var[dict[str, str]], hint: str = ""
) -> rx.Component:
    """A month of a year, typed in figures."""
    boxes = (("month", "Month", "2"), ("year", "Year", "4"))
    described = f"{name}-hint" if hint else ""
    return question_of(
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
                        custom_attrs={
                            "aria-describedby": rx.cond(
                                problems.contains(name), f"{described} {name}-problem", described
                            ),
                            "aria-invalid": rx.cond(problems.contains(name), "true", "false"),
                        },
                    ),
                )
                for part, word, digits in boxes
            ),
            class_name="k-date",
        ),
        problems=problems,
        hint=hint,
    )

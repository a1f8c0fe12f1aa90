"""How far something has come: its steps in a row, and which of them it is at."""

import reflex as rx


def progress(label: str, steps: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """`steps` are {name, state, words}: state is done, here, ahead or stopped; words say it."""
    return rx.el.ol(
        rx.foreach(
            steps,
            lambda step: rx.el.li(
                rx.el.span(class_name="k-progress-dot", aria_hidden="true"),
                rx.el.span(step["name"]),
                rx.el.span(" (", step["words"], ")", class_name="k-hidden"),
                data_state=step["state"],
                custom_attrs={
                    "aria-current": rx.cond(
                        (step["state"] == "here") | (step["state"] == "stopped"), "step", "false"
                    )
                },
            ),
        ),
        aria_label=label,
        role="list",
        class_name="k-progress",
    )

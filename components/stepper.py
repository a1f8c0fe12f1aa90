"""Steps that follow each other: all in sight, one of them chosen, and the way on and back."""

import reflex as rx


def stepper(
    label: str,
    steps: rx.Var[list[dict[str, str]]],
    chosen: rx.Var[int],
    *,
    on_choose: rx.EventHandler,
) -> rx.Component:
    """`steps` are {name, sentence, source}; the sentence of the chosen one stands below."""
    last = steps.length() - 1
    return rx.el.section(
        rx.el.ol(
            rx.foreach(
                steps,
                lambda step, index: rx.el.li(
                    rx.el.button(
                        rx.el.span(index + 1, class_name="k-step-number"),
                        rx.el.span(step["name"]),
                        type="button",
                        on_click=on_choose(index),
                        custom_attrs={"aria-current": rx.cond(index == chosen, "step", "false")},
                        data_done=rx.cond(index < chosen, "true", "false"),
                    )
                ),
            ),
            class_name="k-stepper",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.p(
                    rx.el.strong(steps[chosen]["name"], ". "),
                    steps[chosen]["sentence"],
                    role="status",
                    class_name="k-step-sentence k-figures",
                ),
                rx.el.p(steps[chosen]["source"], class_name="k-mono k-small k-soft"),
            ),
            rx.el.div(
                _go("Back", chosen - 1, chosen <= 0, on_choose, "secondary"),
                _go("Next step", chosen + 1, chosen >= last, on_choose, "primary"),
                class_name="k-step-go",
            ),
            class_name="k-step-said",
        ),
        aria_label=label,
    )


def _go(
    words: str, to: rx.Var[int], ends: rx.Var[bool], on_choose: rx.EventHandler, kind: str
) -> rx.Component:
    return rx.el.button(
        words,
        type="button",
        on_click=on_choose(to),
        disabled=ends,
        class_name=f"k-button k-button-{kind}",
    )

"""Everything that is wrong with a form, on top of it, each a link to its question."""

import reflex as rx


def error_summary(problems: rx.Var[dict[str, str]]) -> rx.Component:
    """The summary takes the focus when it appears; a problem of no field has the key ''."""
    return rx.cond(
        problems.length() > 0,
        rx.el.div(
            rx.el.h2("There is a problem", class_name="k-summary-title"),
            rx.el.ul(
                rx.foreach(
                    problems,
                    lambda item: rx.el.li(
                        rx.cond(
                            item[0] == "",
                            rx.el.span(item[1]),
                            rx.el.a(item[1], href="#" + item[0].to(str)),
                        )
                    ),
                )
            ),
            id="error-summary",
            role="alert",
            tab_index=-1,
            class_name="k-error-summary",
        ),
    )

"""What has happened, newest last: who, what, when, and in whose hands it is."""

import reflex as rx


def timeline(events: rx.Var[list[dict[str, str]]]) -> rx.Component:
    """Each event is {who, did, at, said, tone}; tone `wait` is what is waited for."""
    return rx.el.ol(
        rx.foreach(
            events,
            lambda one: rx.el.li(
                rx.el.p(rx.el.strong(one["who"]), " ", one["did"]),
                rx.cond(one["said"] != "", rx.el.p(one["said"], class_name="k-quote")),
                rx.el.p(one["at"], class_name="k-soft k-small"),
                class_name="k-event k-event-" + one["tone"].to(str),
            ),
        ),
        class_name="k-timeline",
    )

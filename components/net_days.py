"""What each day came to, in one small picture: a bar a day from zero, each the way to its day."""

import reflex as rx


def net_days(
    bars: rx.Var[list[dict[str, str]]],
    *,
    top: rx.Var[str],
    bottom: rx.Var[str],
    zero: rx.Var[str],
) -> rx.Component:
    """`bars` are {href, label, day, month, kind, top, height}: kind is "paid" or "pays"."""
    return rx.el.figure(
        rx.el.figcaption(
            rx.el.span("Net by Settlement Date (£)", class_name="k-net-title"),
            rx.el.span(
                rx.el.span(class_name="k-swatch k-net-paid", aria_hidden="true"),
                " You are paid",
            ),
            rx.el.span(
                rx.el.span(class_name="k-swatch k-net-pays", aria_hidden="true"), " You pay"
            ),
            class_name="k-net-caption",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.span(top, style={"top": "0"}),
                rx.el.span("£0", style={"top": zero}),
                rx.cond(bottom != "", rx.el.span(bottom, style={"top": "100%"})),
                class_name="k-net-scale k-figures",
                aria_hidden="true",
            ),
            rx.el.div(
                rx.el.ol(rx.foreach(bars, _bar)),
                rx.el.span(class_name="k-net-zero", style={"top": zero}, aria_hidden="true"),
                class_name="k-net-bars",
            ),
            class_name="k-net",
        ),
        class_name="k-card k-net-days",
    )


def _bar(bar: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.el.span(
                class_name="k-net-bar k-net-" + bar["kind"].to(str),
                style={"top": bar["top"], "height": bar["height"]},
            ),
            rx.el.span(
                bar["day"],
                rx.el.span(bar["month"], class_name="k-net-month"),
                class_name="k-net-day k-figures",
            ),
            href=bar["href"],
            title=bar["label"],
            aria_label=bar["label"],
        )
    )

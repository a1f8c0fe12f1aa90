"""The stack of one period: a staircase of actions, step by step on the way to the price."""

import reflex as rx

from components.charts.chart import module_of


class _Stack(rx.NoSSRComponent):
    """Draws in the browser only; data never travels through state."""

    library = module_of("stack.jsx")
    tag = "KStack"
    lib_dependencies: list[str] = ["echarts@6.1.0"]

    src: rx.Var[str]
    step: rx.Var[int]
    title: rx.Var[str]
    source: rx.Var[str]
    file_name: rx.Var[str]
    permalink: rx.Var[str]
    on_news: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg,valid-type]


def stack_chart(
    *,
    src: rx.Var[str],
    step: rx.Var[int],
    title: rx.Var[str],
    source: rx.Var[str],
    permalink: rx.Var[str],
    on_news: rx.EventHandler,
) -> rx.Component:
    """The stack at `src` as it stands after `step` (0 to 7). Link copies `permalink`."""
    return rx.el.div(
        _Stack.create(
            src=src,
            step=step,
            title=title,
            source=source,
            file_name="price-stack",
            permalink=permalink,
            on_news=on_news,
        ),
        class_name="k-chart-space k-chart-space-stack",
    )

"""The one wrapper of ECharts: a chart of time, by recipe, that reads its data from our own API."""

from concurrent.futures import ThreadPoolExecutor

import reflex as rx

_FILES = (
    "engine.jsx",
    "words.jsx",
    "colours.jsx",
    "feed.jsx",
    "series.jsx",
    "supply.jsx",
    "generation.jsx",
    "prices.jsx",
    "lines.jsx",
    "settlement_parts.jsx",
    "charges.jsx",
    "imbalance.jsx",
    "unit.jsx",
    "query.jsx",
    "axes.jsx",
    "strip.jsx",
    "plot.jsx",
    "linked.jsx",
    "frame.jsx",
    "readout.jsx",
    "export.jsx",
    "chart.jsx",
    "stack.jsx",
    "stairs.jsx",
    "staircase.jsx",
    "now.jsx",
    "sparks.jsx",
    "actions.jsx",
    "market_parts.jsx",
    "market_table.jsx",
    "market.jsx",
    "watch.jsx",
)


def _linked(name: str) -> str:
    return rx.asset(name, shared=True)


with ThreadPoolExecutor(max_workers=1) as _aside:
    _ASSETS = dict(zip(_FILES, _aside.map(_linked, _FILES), strict=True))
"""Linked from a thread: Reflex looks up the source of every caller, and an import has a hundred,
which took the server and each command three seconds of their start."""


def module_of(name: str) -> str:
    """Where the build finds a module that stands beside this one."""
    return f"$/public{_ASSETS[name]}"


class TimeChart(rx.NoSSRComponent):
    """Draws in the browser only; data never travels through state."""

    library = module_of("chart.jsx")
    tag = "KChart"
    lib_dependencies: list[str] = ["echarts@6.1.0"]

    recipe: rx.Var[str]
    src: rx.Var[str]
    dataset: rx.Var[str]
    title: rx.Var[str]
    finest: rx.Var[int]
    hours: rx.Var[int]
    source: rx.Var[str]
    file_name: rx.Var[str]


class _ChartsAhead(rx.NoSSRComponent):
    library = module_of("chart.jsx")
    tag = "ChartsAhead"
    lib_dependencies: list[str] = ["echarts@6.1.0"]


def charts_ahead() -> rx.Component:
    """Nothing to see: where a page knows only later what it draws, the library comes before."""
    return _ChartsAhead.create()


def source_words(is_invented: rx.Var[bool], otherwise: str) -> rx.Var[str]:
    """Where the figures of a chart come from; of a demo market, that they are invented."""
    return rx.cond(
        is_invented, "Source: demo market (invented), and what was ingested here.", otherwise
    )


def time_chart(  # noqa: PLR0913  # a chart has this many sides
    recipe: str,
    *,
    src: rx.Var[str],
    dataset: str | rx.Var[str],
    title: str | rx.Var[str],
    file_name: str,
    source: str | rx.Var[str],
    finest: int | rx.Var[int] = 30,
    hours: int | rx.Var[int] = 0,
) -> rx.Component:
    """A chart of `src`, in a box that is kept free for it.

    Recipes: generation, prices, charges, imbalance, unit, lines, query. `finest` is the shortest
    step in minutes that the server has; `hours` shows the last hours only, and moves along with
    new data; 0 shows the whole range.
    """
    return rx.el.div(
        TimeChart.create(
            recipe=recipe,
            src=src,
            dataset=dataset,
            title=title,
            finest=finest,
            hours=hours,
            source=source,
            file_name=file_name,
        ),
        class_name=f"k-chart-space k-chart-space-{recipe}",
    )

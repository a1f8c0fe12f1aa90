"""How one figure was made: the formula, the numbers of the Code, and the figures it came from."""

import reflex as rx

from components.breadcrumb import breadcrumb
from components.formula import formula, set_pieces
from components.notice import empty_state
from components.page_header import page_header, section
from components.settled_day import direction_words
from components.summary_list import summary_list
from components.table import table
from components.tag import tag


def explained_figure(screen: type[rx.State], *, pays: bool) -> rx.Component:
    """The figure of a screen; whether it `pays` is said in the words of the company it is for."""
    return rx.fragment(
        breadcrumb(screen.trail),
        page_header(screen.title, lead=screen.meaning, aside=_headline(screen, pays=pays)),
        rx.el.div(_values(screen), _how(screen), class_name="k-halves"),
        _parameters(screen),
        _came_from(screen),
    )


def _headline(screen: type[rx.State], *, pays: bool) -> rx.Component:
    return rx.cond(
        screen.headline != "",
        rx.el.dl(
            rx.el.div(
                rx.el.dt(screen.headline_name),
                rx.el.dd(
                    rx.el.span(screen.headline, class_name="k-fig-value k-figures"),
                    rx.cond(
                        screen.headline_direction != "",
                        direction_words(screen.headline_direction),
                    )
                    if pays
                    else None,
                    rx.el.span(screen.headline_says, class_name="k-fig-note"),
                ),
                class_name="k-fig",
            ),
            class_name="k-figs k-headline",
        ),
    )


def _values(screen: type[rx.State]) -> rx.Component:
    return section(
        "The figure",
        rx.el.dl(
            rx.foreach(
                screen.which,
                lambda one: rx.el.div(
                    rx.el.dt(one["name"]), rx.el.dd(one["value"]), class_name="k-fact"
                ),
            ),
            rx.foreach(screen.values, lambda value, index: _value(screen, value, index)),
            class_name="k-facts k-figure-facts k-figures",
        ),
    )


def _value(
    screen: type[rx.State], value: rx.Var[dict[str, str]], index: rx.Var[int]
) -> rx.Component:
    return rx.el.div(
        rx.el.dt(
            value["name"],
            " ",
            rx.el.span(set_pieces(_at(screen.symbols, index)), class_name="k-symbol"),
            rx.el.span(value["meaning"], class_name="k-under"),
        ),
        rx.el.dd(value["value"]),
        class_name=rx.cond(value["chosen"] == "true", "k-fact k-fact-chosen", "k-fact"),
    )


def _how(screen: type[rx.State]) -> rx.Component:
    return section(
        "How it is worked out",
        rx.cond(
            screen.given,
            rx.el.p("This was given to the settlement, not worked out by it."),
            rx.fragment(
                formula(screen.formula),
                summary_list(
                    ("Where it is written", screen.version["source"]),
                    (
                        "In force since",
                        rx.fragment(
                            screen.version["since"], ", by ", screen.version["modification"]
                        ),
                    ),
                    ("In the engine", rx.el.code(screen.version["name"])),
                ),
            ),
        ),
    )


def _parameters(screen: type[rx.State]) -> rx.Component:
    return rx.cond(
        screen.parameters.length() > 0,
        section(
            "Numbers of the Code",
            table(
                "Numbers of the Code that the formula read",
                [("Number", "text"), ("Value", "figure"), ("Since", "text"), ("By", "text")],
                screen.parameters,
                lambda one: [one["name"], one["value"], one["since"], one["modification"]],
            ),
        ),
    )


def _came_from(screen: type[rx.State]) -> rx.Component:
    return section(
        "What it came from",
        rx.cond(
            screen.read.length() > 0,
            rx.el.div(
                rx.foreach(screen.read, lambda frame, index: _frame(screen, frame, index)),
                class_name="k-stack-wide",
            ),
            empty_state("No row that may be seen here."),
        ),
        rx.cond(
            screen.nothing_of != "",
            rx.el.p("There was nothing of: ", screen.nothing_of, ".", class_name="k-small k-soft"),
        ),
    )


def _frame(
    screen: type[rx.State], frame: rx.Var[dict[str, str]], index: rx.Var[int]
) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h3(frame["name"]),
            rx.cond(frame["given"] == "true", tag("Given", "info")),
            rx.el.span(frame["count"], class_name="k-small k-soft k-figures"),
            class_name="k-inline",
        ),
        rx.cond(
            frame["meaning"] != "",
            rx.el.p(frame["meaning"], class_name="k-small k-soft"),
        ),
        rx.cond(
            frame["shown"] != "0",
            rx.el.div(
                rx.el.table(
                    rx.el.caption(frame["name"], class_name="k-hidden"),
                    rx.el.thead(rx.el.tr(rx.foreach(_at(screen.columns, index), _head))),
                    rx.el.tbody(
                        rx.foreach(
                            _at(screen.rows, index), lambda row: rx.el.tr(rx.foreach(row, _cell))
                        )
                    ),
                    class_name="k-table k-table-wraps",
                ),
                class_name="k-table-box k-twin-box",
                tab_index=0,
                role="region",
                aria_label=frame["name"],
            ),
        ),
        rx.cond(
            frame["left_out"] != "",
            rx.el.p(frame["left_out"], class_name="k-small k-soft k-figures"),
        ),
    )


def _at(rows: rx.Var, index: rx.Var[int]) -> rx.Var:
    return rows[index]


def _head(column: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.th(
        rx.cond(
            column["text"] != "",
            rx.fragment(
                column["text"],
                rx.el.span(
                    column["symbol"],
                    rx.el.sup(column["above"]),
                    rx.el.sub(column["below"]),
                    class_name="k-symbol k-under",
                ),
            ),
            rx.el.span("Its explanation", class_name="k-hidden"),
        ),
        scope="col",
        class_name="k-" + column["kind"].to(str),
    )


def _cell(cell: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.td(
        rx.cond(
            cell["href"] != "",
            rx.el.a(
                cell["text"], rx.el.span(cell["hidden"], class_name="k-hidden"), href=cell["href"]
            ),
            cell["text"],
        ),
        class_name="k-nowrap k-" + cell["kind"].to(str),
    )

"""Ask in SQL: an editor, the tables that can be named, the answer with its chart and its files."""

from urllib.parse import urlencode

import reflex as rx

from components.answer_table import answer_table
from components.button import button, link_button
from components.charts.chart import source_words, time_chart
from components.error_summary import error_summary
from components.field import field
from components.notice import empty_state, notice
from components.page_header import page_header, section
from components.table_list import table_list
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from kinnect_app.settings import settings
from state.domain.query_examples import EXAMPLES, Example
from state.ui.public.query import PATH
from state.ui.public.query import QueryState as Screen
from state.ui.session import SessionState

on_load = Screen.load

_FILES = (("CSV", "csv"), ("Parquet", "parquet"), ("Arrow", "arrow"), ("JSON", "json"))


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Ask in SQL",
            lead="Any question that the public data can answer, in one SELECT. No sign-in is "
            "needed; nothing can be changed.",
            aside=link_button("Data and API", href=routes.DATA.path, kind="secondary"),
        ),
        rx.cond(Screen.missing != "", notice(Screen.missing, tone="warn")),
        rx.el.div(
            rx.el.div(_editor(), _answer(), class_name="k-query-main"),
            _tables(),
            class_name="k-query",
        ),
        _own(),
    )


def _editor() -> rx.Component:
    return rx.el.section(
        rx.el.h2(rx.cond(Screen.name != "", Screen.name, "Your query"), class_name="k-query-title"),
        error_summary(Screen.problems),
        rx.el.form(
            rx.el.label("Query in SQL", html_for="sql", class_name="k-hidden"),
            rx.el.textarea(
                id="sql",
                name="sql",
                default_value=Screen.sql,
                rows=11,
                auto_capitalize="off",
                auto_complete="off",
                class_name="k-input k-sql",
                custom_attrs={
                    "data-runs": "",
                    "spellcheck": "false",
                    "wrap": "off",
                    "aria-describedby": "sql-hint",
                    "aria-invalid": rx.cond(Screen.problems.contains("sql"), "true", "false"),
                },
            ),
            rx.el.div(
                button(
                    rx.cond(Screen.running, "Running …", "Run"),
                    type="submit",
                    disabled=Screen.running,
                ),
                rx.el.span("or press Ctrl+Enter", id="sql-hint", class_name="k-small k-soft"),
                rx.el.label(
                    rx.el.span("As it was known at (UTC, optional)"),
                    rx.el.input(
                        id="as_of",
                        name="as_of",
                        type="datetime-local",
                        step=1,
                        default_value=Screen.as_of,
                        class_name="k-input",
                    ),
                    html_for="as_of",
                    class_name="k-query-as-of",
                ),
                class_name="k-query-bar",
            ),
            key=Screen.box.to(str),
            on_submit=Screen.run,
            no_validate=True,
        ),
        _examples(),
        class_name="k-query-editor",
    )


def _examples() -> rx.Component:
    return rx.el.nav(
        rx.el.h3("Begin with", class_name="k-over"),
        rx.el.ul(*(rx.el.li(_example(one)) for one in EXAMPLES)),
        aria_label="Queries to begin with",
        class_name="k-query-examples",
    )


def _example(one: Example) -> rx.Component:
    return rx.el.a(one.title, href=f"{PATH}?{urlencode({'sql': one.sql})}")


def _answer() -> rx.Component:
    return rx.el.section(
        rx.el.h2("The answer", class_name="k-hidden"),
        rx.el.p(
            rx.cond(Screen.running, "Running …", rx.cond(Screen.answered, Screen.words, "")),
            role="status",
            class_name="k-query-words k-figures",
        ),
        rx.cond(
            Screen.answered,
            rx.fragment(
                rx.cond(Screen.more != "", notice(Screen.more, tone="warn")),
                rx.cond(
                    Screen.rows.length() > 0,
                    answer_table("Rows of the answer", Screen.columns, Screen.rows),
                    empty_state(
                        "No row fits.", rx.el.p("Widen the WHERE, or look at which days are held.")
                    ),
                ),
                _take_away(),
                rx.cond(Screen.chart_src != "", _chart()),
            ),
        ),
    )


def _take_away() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Screen.downloads != "",
            rx.el.p(
                "Take all rows: ",
                *(_file(words, name) for words, name in _FILES),
                class_name="k-query-files",
            ),
            rx.el.p(
                "The query is too long for a link. Save it, and it has a short one.",
                class_name="k-soft",
            ),
        ),
        rx.cond(
            Screen.link != "",
            rx.el.p("Share it: the address of this page is its link.", class_name="k-small k-soft"),
        ),
        rx.cond(
            SessionState.signed_in,
            rx.cond(Screen.saved == "", _save()),
            rx.el.p(
                rx.el.a("Sign in", href=Screen.sign_in),
                " to save queries under a name.",
                class_name="k-small k-soft",
            ),
        ),
        class_name="k-query-take",
    )


def _file(words: str, name: str) -> rx.Component:
    return rx.el.a(
        words,
        href=rx.Var.create(settings().doors_at) + Screen.downloads + f"format={name}",
        download=True,
        reload_document=True,
    )


def _save() -> rx.Component:
    return rx.el.form(
        field("query_name", "Save it as", problems=Screen.problems, width="20", max_length=80),
        button("Save", type="submit", kind="secondary"),
        on_submit=Screen.save,
        no_validate=True,
        class_name="k-query-save",
    )


def _chart() -> rx.Component:
    return rx.el.section(
        rx.el.h2("The answer over time", class_name="k-section-title"),
        time_chart(
            "query",
            src=Screen.chart_src,
            dataset="",
            title="The answer over time",
            file_name="kinnect-query",
            source=source_words(
                SessionState.invented_market, "Source: public datasets of this installation."
            ),
        ),
        class_name="k-section-chart",
    )


def _tables() -> rx.Component:
    return rx.el.aside(
        rx.el.h2("Tables", class_name="k-query-title"),
        rx.el.label("Find a table or a column", html_for="wanted", class_name="k-label-small"),
        rx.el.input(
            id="wanted",
            type="search",
            default_value="",
            on_change=Screen.narrow.debounce(300),
            auto_complete="off",
            class_name="k-input",
        ),
        rx.el.div(
            rx.cond(
                Screen.tables.length() > 0,
                table_list(
                    Screen.tables,
                    opened=Screen.opened,
                    table=Screen.table,
                    columns=Screen.table_columns,
                    on_open=Screen.open_table,
                ),
                rx.cond(Screen.loaded, rx.el.p("No table has that.", class_name="k-soft")),
            ),
            class_name="k-query-list",
            tab_index=0,
            role="region",
            aria_label="Tables",
        ),
        rx.el.p(
            "Each table holds the latest revision of each row. Put revisions. before a name for "
            "every revision. The official code is a table too, with the official names.",
            class_name="k-small k-soft",
        ),
        aria_label="Tables",
        class_name="k-query-side",
    )


def _own() -> rx.Component:
    return rx.cond(
        Screen.own.length() > 0,
        section(
            "Your saved queries",
            rx.el.ul(
                rx.foreach(
                    Screen.own,
                    lambda one: rx.el.li(
                        rx.el.a(one["name"], href=f"{PATH}?saved=" + one["id"].to(str)),
                        rx.el.span("saved on ", one["saved"], class_name="k-small k-soft"),
                        button(
                            "Delete",
                            rx.el.span(" ", one["name"], class_name="k-hidden"),
                            kind="quiet",
                            on_click=Screen.delete(one["id"]),
                        ),
                    ),
                ),
                class_name="k-query-own",
            ),
        ),
    )

"""How a price was made: the stack of its actions, and each step from them to the price."""

import reflex as rx

from components.button import button, link_button
from components.charts.chart import source_words
from components.charts.stack import stack_chart
from components.figure import figure, figures
from components.notice import empty_state
from components.page_header import back_link, page_header, section
from components.stepper import stepper
from components.steps import step_back, step_on
from components.table import table
from components.tag import tag
from components.term import term
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.price_stack import PriceStackState as Screen
from state.ui.session import SessionState

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        back_link("System price", routes.SYSTEM_PRICE.path),
        page_header(
            "How a price was made",
            lead=rx.cond(Screen.title != "", Screen.title, "From the actions taken to the price."),
            aside=_period(),
        ),
        rx.cond(
            Screen.missing != "",
            _missing(),
            rx.el.div(
                rx.cond(
                    Screen.title != "",
                    rx.fragment(
                        _figures(),
                        rx.cond(Screen.has_stack, _stack(), _no_stack()),
                        rx.cond(Screen.history.length() > 0, _history()),
                        _rules(),
                        _about(),
                    ),
                ),
                class_name="k-stack-page",
            ),
        ),
    )


def _period() -> rx.Component:
    return rx.el.div(
        step_back("Earlier period", Screen.previous),
        rx.el.form(
            rx.el.label(
                rx.el.span("Settlement Date", class_name="k-hidden"),
                rx.el.input(
                    type="date",
                    name="date",
                    default_value=Screen.date,
                    key="date-" + Screen.date,
                    class_name="k-input k-range-date",
                ),
            ),
            rx.el.label(
                rx.el.span("SP", class_name="k-small k-soft"),
                rx.el.input(
                    type="text",
                    input_mode="numeric",
                    name="period",
                    aria_label="Settlement Period",
                    default_value=Screen.period,
                    key="period-" + Screen.period,
                    auto_complete="off",
                    class_name="k-input k-period-number",
                ),
                class_name="k-inline",
            ),
            button("Open", type="submit", kind="secondary"),
            on_submit=Screen.go_to,
            class_name="k-period-form",
        ),
        step_on("Later period", Screen.following),
        class_name="k-range k-period",
    )


def _figures() -> rx.Component:
    return figures(
        figure("System price", Screen.price, unit="/MWh"),
        figure("Net imbalance volume", Screen.imbalance),
        figure("The system was", Screen.system),
    )


def _stack() -> rx.Component:
    return rx.el.section(
        rx.el.h2("The stack, step by step", class_name="k-hidden"),
        stepper("Steps of the price", Screen.steps, Screen.step, on_choose=Screen.choose),
        stack_chart(
            src=Screen.src,
            step=Screen.step,
            title="The stack of " + Screen.title,
            source=source_words(
                SessionState.invented_market,
                "Source: worked out by Kinnect's settlement engine from the actions it holds.",
            ),
            permalink=f"{routes.PRICE_STACK.path}?date={Screen.date}&period={Screen.period}"
            f"&step={Screen.step + 1}",
            on_news=Screen.refresh,
        ),
        class_name="k-section-chart",
    )


def _no_stack() -> rx.Component:
    return empty_state(
        "This price was taken in as it was published; the actions that made it were not.",
        rx.el.p(
            "Without the bids, offers and adjustments of the period there is no stack to show. "
            "Whoever runs this installation can price a day from its actions with ",
            rx.el.code("kinnect settle"),
            ".",
        ),
        _ways_on(),
    )


def _missing() -> rx.Component:
    return empty_state(Screen.missing, _ways_on())


def _ways_on() -> rx.Component:
    return rx.el.div(
        rx.cond(
            Screen.latest != "",
            link_button("Open the latest stack", href=Screen.latest, kind="primary"),
        ),
        link_button("All prices", href=routes.SYSTEM_PRICE.path, kind="secondary"),
        class_name="k-actions k-centred",
    )


def _history() -> rx.Component:
    return section(
        "The runs this price came from",
        rx.el.p(
            "A Settlement Date is settled again as better data comes in: losses, and so prices, "
            "can move. The latest run is in force.",
            class_name="k-soft",
        ),
        table(
            "Every price that was published for this period",
            [
                ("Run", "text"),
                ("System price (£/MWh)", "figure"),
                ("Change", "text"),
                ("Net imbalance volume", "figure k-wide-only"),
            ],
            Screen.history,
            lambda line: [
                rx.fragment(
                    line["run"],
                    rx.cond(line["current"] != "", rx.fragment(" ", tag(line["current"], "good"))),
                    rx.el.span(line["published"], class_name="k-under k-figures"),
                ),
                line["price"],
                line["change"],
                line["imbalance"],
            ],
        ),
    )


def _rules() -> rx.Component:
    return section(
        "The rules in force on this date",
        table(
            "The numbers of the Code that this price was made with",
            [
                ("Number", "text"),
                ("Value", "figure"),
                ("Since", "text"),
                ("What it does", "text"),
                ("Source", "text"),
            ],
            Screen.rules,
            lambda rule: [
                rx.el.strong(rule["symbol"]),
                rx.el.span(rule["value"], class_name="k-nowrap"),
                rx.el.span(rule["since"], class_name="k-nowrap"),
                rule["description"],
                rule["source"],
            ],
        ),
    )


def _about() -> rx.Component:
    return section(
        "How to read the stairs",
        rx.el.p(
            "To the right stands what the system bought, to the left what it sold, the cheapest in "
            "the middle. An action may carry a flag: the ",
            term(
                "System Operator flag",
                "The action may have been taken for the network rather than for energy.",
                "BSC Annex T-1, 3",
            ),
            " because it was taken to keep the network safe, the ",
            term(
                "CADL",
                "Continuous Acceptance Duration Limit: an unbroken run of acceptances shorter than "
                "this many minutes is flagged.",
                "BSC Section T1.9",
            ),
            " flag because it was for minutes only. Such an action cannot make energy dearer: if "
            "it is the dearest of its side it "
            "loses its price. ",
            rx.el.a("See this day's prices", href=Screen.chart_href),
            ".",
        ),
    )

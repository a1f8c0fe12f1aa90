"""Facts about one thing: a name and a value a line."""

import reflex as rx


def summary_list(*facts: tuple[str, rx.Component | rx.Var | str]) -> rx.Component:
    """A definition list."""
    return rx.el.dl(
        *(rx.el.div(rx.el.dt(name), rx.el.dd(value), class_name="k-fact") for name, value in facts),
        class_name="k-facts",
    )


def facts_of(facts: rx.Var[list[dict[str, str]]], name: str, value: str) -> rx.Component:
    """A definition list of facts that are known only on screen, by the two keys of each."""
    return rx.el.dl(
        rx.foreach(
            facts,
            lambda fact: rx.el.div(
                rx.el.dt(fact[name]), rx.el.dd(fact[value]), class_name="k-fact"
            ),
        ),
        class_name="k-facts",
    )

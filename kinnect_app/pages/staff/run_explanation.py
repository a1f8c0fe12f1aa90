"""How any figure of any run was made."""

import reflex as rx

from components.button import link_button
from components.explained_figure import explained_figure
from components.notice import missing_page
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.ui.staff.run_explanation import RunExplanationState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return staff_page(
        rx.cond(
            Screen.loaded,
            rx.cond(
                Screen.missing != "",
                missing_page(Screen.missing, link_button("All runs", href=routes.RUNS.path)),
                explained_figure(Screen, pays=False),
            ),
            rx.el.p("Reading the figure …", class_name="k-soft", role="status"),
        )
    )

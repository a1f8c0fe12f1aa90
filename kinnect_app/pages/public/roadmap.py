"""What's next: what is being made, and when."""

import reflex as rx

from components.entries import plan_list
from components.loading import once_loaded
from components.page_header import back_link, page_header
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.roadmap import RoadmapState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        back_link("About the service", routes.ABOUT.path),
        page_header(
            "What's next",
            lead="What is being made, in the order in which it comes. Plans change; this page "
            "changes with them.",
        ),
        once_loaded(
            Screen.loaded,
            plan_list(Screen.plans),
            found=Screen.plans.length() > 0,
            nothing="No plans are published yet.",
        ),
        rx.el.p(
            "Is something missing? ",
            rx.el.a("Tell us", href=routes.FEEDBACK.path),
            ", or ",
            rx.el.a("join the user group", href=routes.USER_GROUP.path),
            ".",
        ),
    )

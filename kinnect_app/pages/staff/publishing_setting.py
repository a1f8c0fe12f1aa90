"""The form of what is published: open or closed and why, how soon it is shown, and its feed."""

import reflex as rx

from components.page_header import back_link, page_header
from components.record_form import record_form
from kinnect_app import routes
from kinnect_app.pages.layout import staff_page
from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind
from state.ui.session import SessionState
from state.ui.staff.publishing_setting import PublishingSettingState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    closed = Screen.values["published"] == "no"
    return staff_page(
        back_link("Published data", routes.PUBLISHED_DATA.path),
        page_header(
            "Propose a setting",
            over=Screen.title,
            lead="Data of the market are open. Closing a dataset takes a reason, and two people.",
        ),
        record_form(
            Screen,
            list(questions_of(ChangeKind.PUBLISHING).fields),
            organisation=SessionState.organisation_public_id,
            back=routes.PUBLISHED_DATA.path,
            when_hint="Leave this empty for as soon as it is approved.",
            choosing=("published",),
            only_where={"closed_because": closed, "closed_until": closed},
        ),
    )

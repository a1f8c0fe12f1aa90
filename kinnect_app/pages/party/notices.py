"""One's own notices."""

import reflex as rx

from components.button import button, link_button
from components.loading import once_loaded
from components.notice import announcement, empty_state
from components.notice_list import notice_list
from components.page_header import page_header
from components.segmented import segmented
from components.table import pager
from kinnect_app import routes
from kinnect_app.pages.layout import person_page
from state.ui.party.notices import NoticesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return person_page(
        page_header(
            "Notices",
            aside=link_button(
                "Choose which mail to have", href=routes.NOTICE_PREFERENCES.path, kind="quiet"
            ),
        ),
        announcement(Screen.done),
        once_loaded(Screen.loaded, _loaded()),
    )


def _loaded() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            segmented("Which notices", Screen.choices),
            rx.cond(
                Screen.unread > 0,
                button("Mark all as read", kind="quiet", on_click=Screen.mark_all_read),
            ),
            class_name="k-inline",
        ),
        rx.cond(
            Screen.total > 0,
            notice_list(Screen.notices, _aside),
            empty_state(
                "Nothing here.",
                rx.el.p("What concerns you or your company will stand here, the newest first."),
            ),
        ),
        pager(Screen.page, Screen.pages, on_back=Screen.newer, on_next=Screen.older),
        class_name="k-stack",
    )


def _aside(notice: rx.Var) -> rx.Component:
    named = rx.el.span(": ", notice["title"], class_name="k-hidden")
    return rx.fragment(
        button(
            "Open",
            named,
            kind="secondary",
            on_click=Screen.open_notice(notice["public_id"], notice["link"]),
        ),
        rx.cond(
            notice["state"] != "",
            button(
                "Mark as read", named, kind="quiet", on_click=Screen.mark_read(notice["public_id"])
            ),
        ),
    )

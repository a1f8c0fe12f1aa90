"""Which mail to have."""

import reflex as rx

from components.button import button
from components.field import tick_box
from components.loading import once_loaded
from components.notice import announcement
from components.page_header import back_link, page_header, section
from components.summary_list import facts_of
from kinnect_app import routes
from kinnect_app.pages.layout import person_page
from state.ui.party.notice_preferences import NoticePreferencesState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return person_page(
        back_link("Notices", routes.NOTICES.path),
        page_header(
            "What we tell you",
            lead="Everything stands under Notices. Choose what also comes by mail: a mail says "
            "that there is something and asks you to sign in, no more.",
        ),
        announcement(Screen.done),
        once_loaded(Screen.loaded, rx.el.div(_form(), _always(), class_name="k-narrow k-stack")),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend("Mail about", class_name="k-label"),
            rx.el.div(
                rx.foreach(
                    Screen.to_choose,
                    lambda one: tick_box(
                        "topics",
                        one["topic"],
                        one["name"],
                        hint=one["hint"],
                        ticked=one["by_mail"] != "",
                    ),
                ),
                class_name="k-choices",
            ),
        ),
        rx.el.div(button("Save the choice", type="submit"), class_name="k-actions"),
        key=Screen.version.to(str),
        on_submit=Screen.save,
        class_name="k-form",
    )


def _always() -> rx.Component:
    return section("Always on", facts_of(Screen.always, "name", "why"))

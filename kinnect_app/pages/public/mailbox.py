"""The mail of this machine, for its developer."""

import reflex as rx

from components.button import link_button
from components.loading import once_loaded
from components.notice import notice
from components.notice_list import notice_list
from components.page_header import page_header
from kinnect_app.pages.layout import public_page
from kinnect_app.settings import settings
from state.ui.public.mailbox import MailboxState as Screen

on_load = Screen.load


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header("Mail on this machine"),
        notice(
            "For developers: what this installation would send. It cannot be opened from "
            "elsewhere, and there is no such page in production.",
            tone="warn",
        ),
        once_loaded(
            Screen.loaded,
            notice_list(Screen.mails, _aside),
            found=Screen.mails.length() > 0,
            nothing="No mail yet.",
        ),
    )


def _aside(mail: rx.Var) -> rx.Component:
    return rx.cond(
        mail["link"] != "",
        link_button(
            "Open the link",
            rx.el.span(" of the mail to ", mail["to"], class_name="k-hidden"),
            href=f"{settings().doors_at}" + mail["link"].to(str),
            kind="secondary",
            reload_document=True,
        ),
        rx.el.span("Its link is no more", class_name="k-soft"),
    )

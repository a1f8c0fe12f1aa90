"""The expression of interest is with us: the reference, and what happens next."""

import reflex as rx

from components.button import link_button
from components.notice import empty_state, panel
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from state.ui.public.market_entry import MarketEntryState as Screen

on_load = None


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        rx.cond(
            Screen.reference != "",
            rx.fragment(
                panel(
                    "We have your expression of interest",
                    rx.el.p("Your reference"),
                    rx.el.p(Screen.reference, class_name="k-reference"),
                ),
                rx.el.div(
                    rx.el.h2("What happens next", class_name="k-section-title"),
                    rx.el.p("We will answer by ", rx.el.strong(Screen.due), "."),
                    rx.el.p(
                        "Keep the reference. With your email address it shows where we have got to."
                    ),
                    link_button(
                        "See where it has got to",
                        href=routes.MARKET_ENTRY_TRACK.path,
                        kind="secondary",
                    ),
                    class_name="k-narrow k-stack",
                ),
            ),
            empty_state(
                "Nothing has been sent from this tab.",
                link_button("Join the market", href=routes.MARKET_ENTRY.path),
            ),
        )
    )

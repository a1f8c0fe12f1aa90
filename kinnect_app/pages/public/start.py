"""Sign up: four situations, and where each of them begins."""

import reflex as rx

from components.page_header import back_link, page_header
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, public_page

on_load = None

_SITUATIONS = [
    (
        "building-2",
        "My company already takes part",
        (
            "Sign in with your organisation's account. If you have no access yet, ask a Category A "
            "colleague to invite you: we cannot, so that nobody outside your company can."
        ),
        routes.SIGN_IN.path,
    ),
    (
        "log-in",
        "My company is new",
        (
            "Express an interest. It takes five minutes, commits you to nothing, and is answered "
            "within two Working Days."
        ),
        routes.MARKET_ENTRY.path,
    ),
    (
        "factory",
        "I operate a facility",
        "You need no account. See what your supplier or flexibility provider will ask you for.",
        f"{routes.GUIDANCE.path}?topic=facility",
    ),
    (
        "user-round",
        "I am a private individual",
        "See how your battery, car charger or solar panels can take part.",
        f"{routes.GUIDANCE.path}?topic=individual",
    ),
]


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        back_link("About the service", routes.ABOUT.path),
        page_header("Sign up", lead="Which of these are you?"),
        rx.el.ul(
            *(
                rx.el.li(
                    rx.icon(icon, size=24, aria_hidden="true"),
                    rx.el.div(
                        rx.el.h2(rx.el.a(situation, href=href)),
                        rx.el.p(words),
                    ),
                    rx.icon("chevron-right", size=20, aria_hidden="true"),
                )
                for icon, situation, words, href in _SITUATIONS
            ),
            class_name="k-situations",
        ),
        help_for("joining"),
    )

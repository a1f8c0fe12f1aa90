"""About the service: what one does here, how it hangs together, how it does, and whom to ask."""

import reflex as rx

from components.button import link_button
from components.contents import with_contents
from components.figure import figure, figures
from components.introduction import introduction
from components.page_header import page_header, section
from kinnect_app import routes
from kinnect_app.pages.layout import need_help, public_page
from state.ui.public.about import AboutState as Screen

on_load = Screen.load

_PARTS = [
    ("what-you-can-do", "What you can do here"),
    ("one-platform", "One platform, three parts"),
    ("introductions", "Introductions"),
    ("performance", "How the service does"),
    ("better", "Help us make it better"),
    ("need-help", "Need help"),
]
_ROUTES = [
    (
        "log-in",
        "Enter the market",
        (
            "Tell us who you are and what you would do. You have an answer within two Working "
            "Days, and see at any time where it is."
        ),
        "Start here",
        routes.START.path,
    ),
    (
        "zap",
        "Register assets",
        (
            "See each BM Unit of your company with its capacity, fuel and GSP Group. Adding and "
            "changing them online comes next."
        ),
        "Open your assets",
        routes.ASSETS.path,
    ),
    (
        "building-2",
        "Manage your account",
        (
            "Keep contacts, addresses, signatories and bank accounts. One colleague prepares, "
            "another approves, and everyone sees who did what."
        ),
        "Open your account",
        routes.ACCOUNT.path,
    ),
    (
        "door-open",
        "Leave the market",
        "Propose a date, and see what must be cleared first. Nothing is lost: the record stays.",
        "Plan your exit",
        routes.MARKET_EXIT.path,
    ),
]
_STORY = [
    (
        "Customer",
        (
            "Who takes part, in what capacity, with which assets. What companies register here is "
            "what settlement works with the next day."
        ),
        "Sign up or sign in",
        routes.START.path,
    ),
    (
        "Settlement",
        (
            "From metered volumes, contracts and actions to what each company pays or is paid. "
            "Every figure opens down to what it came from."
        ),
        "See how a price is made",
        routes.PRICE_STACK.path,
    ),
    (
        "Insights",
        "What all of it adds up to, as charts and as data that anyone may take and use.",
        "See the market now",
        routes.GENERATION.path,
    ),
]
_SERVICE = [
    "This service is where a company begins, keeps and ends its part in the electricity market.",
    (
        "You begin by telling us who you are. That takes five minutes, and commits you to nothing. "
        "We answer within two Working Days. From then on your own people do the rest here: they "
        "prepare contacts, signatories and bank details, and those who may sign approve them."
    ),
    (
        "Nobody approves what they made themselves where money or signatures are concerned. Each "
        "step says who has it now and what comes next. Each change stays in a trail that cannot be "
        "altered unseen."
    ),
    "When you leave, you propose a date here, and we tell you what must be cleared first.",
]
_DEVELOPMENTS = [
    "The service grows in small steps, and What's next says which.",
    (
        "Registering assets online is under way: with the checks as you type, and many at once "
        "from a file."
    ),
    (
        "After that come accounts for private individuals, who will see which of their assets take "
        "part and who looked at what is held about them, and declarations of facilities, where "
        "each of three sides fills in its own part of one form."
    ),
    "What comes first is decided with those who use it. Give feedback, or join the user group.",
]


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "About the service",
            lead="Join the market, keep your company's part in it, and leave it: in one place, "
            "without paper, with every step in sight.",
            aside=link_button("Sign up now", href=routes.START.path),
        ),
        with_contents(
            _PARTS,
            section(_PARTS[0][1], _cards(), anchor="what-you-can-do"),
            section(_PARTS[1][1], _story(), anchor="one-platform"),
            section(_PARTS[2][1], _introductions(), anchor="introductions"),
            section(_PARTS[3][1], _performance(), anchor="performance"),
            section(_PARTS[4][1], _better(), anchor="better"),
            need_help(),
        ),
    )


def _cards() -> rx.Component:
    return rx.el.div(
        *(
            rx.el.article(
                rx.icon(icon, size=22, aria_hidden="true"),
                rx.el.h3(title),
                rx.el.p(words),
                rx.el.p(rx.el.a(go, " →", href=href), class_name="k-strong-link"),
                class_name="k-card",
            )
            for icon, title, words, go, href in _ROUTES
        ),
        class_name="k-cards k-cards-two",
    )


def _story() -> rx.Component:
    return rx.el.ol(
        *(
            rx.el.li(
                rx.el.strong(name),
                rx.el.span(words),
                rx.el.a(go, href=href, class_name="k-strong-link"),
            )
            for name, words, go, href in _STORY
        ),
        class_name="k-steps k-steps-three",
    )


def _introductions() -> rx.Component:
    return rx.el.div(
        introduction("What the service is", _SERVICE, icon="route", minutes=2),
        introduction("What is being made", _DEVELOPMENTS, icon="sprout", minutes=1),
        class_name="k-introductions",
    )


def _performance() -> rx.Component:
    return rx.el.div(
        figures(
            figure("Companies that take part", Screen.parties),
            figure(
                "People who used it",
                Screen.active_people,
                note=rx.cond(Screen.loaded, f"in the last {Screen.active_days} days", ""),
            ),
            figure(
                "Working Days to an answer",
                Screen.answered,
                note="the middle of all expressions of interest of a year",
            ),
        ),
        rx.el.p(
            "Counted now, staff left out. A figure about fewer than ",
            Screen.least,
            " people or companies is not shown.",
            class_name="k-small k-soft",
        ),
        class_name="k-performance",
    )


def _better() -> rx.Component:
    return rx.el.ul(
        rx.el.li(
            rx.el.a("Give feedback", href=routes.FEEDBACK.path), ": what works, and what does not."
        ),
        rx.el.li(
            rx.el.a("Join the user group", href=routes.USER_GROUP.path),
            ": see drafts before anyone, and say what you need.",
        ),
        rx.el.li(rx.el.a("What's next", href=routes.ROADMAP.path), ": what is made, and when."),
        rx.el.li(
            rx.el.a("Who can do what", href=routes.WHO_CAN_DO_WHAT.path),
            ": each activity, and who may do it.",
        ),
        class_name="k-plain-list",
    )

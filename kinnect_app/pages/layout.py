"""The frame of each kind of page, bound to who is here."""

import reflex as rx

from components.button import link_button
from components.entries import help_link
from components.frame import (
    RailLink,
    frame,
    invented_data_banner,
    looking_banner,
    rail,
    signed_in_as,
    top_bar,
)
from components.loading import once_loaded
from components.notice import empty_state, missing_page, notice
from components.notice_list import bell
from components.page_header import section
from components.tabs import tabs
from components.ways_to_ask import ways_to_ask
from kinnect_app import routes
from kinnect_app.settings import settings
from state.domain.public_content import TOPICS
from state.ui.bell import BellState
from state.ui.need_help import NeedHelpState
from state.ui.session import SessionState
from state.ui.staff.view_as import ViewAsState

_LINKS = [
    ("About", routes.ABOUT.path),
    ("Market now", routes.OVERVIEW.path),
    ("Generation", routes.GENERATION.path),
    ("System price", routes.SYSTEM_PRICE.path),
    ("Over time", routes.SERIES.path),
    ("Data and API", routes.DATA.path),
    ("Join the market", routes.MARKET_ENTRY.path),
]
_FOOT = [
    ("About the service", routes.ABOUT.path),
    ("Completeness and status", routes.STATUS.path),
    ("Alerts", routes.ALERTS.path),
    ("Help and contact", routes.GUIDANCE.path),
    ("What's next", routes.ROADMAP.path),
    ("Give feedback", routes.FEEDBACK.path),
    ("User group", routes.USER_GROUP.path),
]
_PARTY_LINKS = [
    RailLink("Account", routes.ACCOUNT.path, "building-2"),
    RailLink("Assets", routes.ASSETS.path, "zap"),
    RailLink(
        "Settlement",
        routes.SETTLEMENT.path,
        "receipt-pound-sterling",
        SessionState.sees_settlement,
    ),
    RailLink("Leave", routes.MARKET_EXIT.path, "door-open"),
]
_ACCOUNT_TABS = [
    ("Overview", routes.ACCOUNT.path),
    ("Contacts", routes.CONTACTS.path),
    ("Addresses", routes.ADDRESSES.path),
    ("Identifiers", routes.IDENTIFIERS.path),
    ("Signatories", routes.SIGNATORIES.path),
    ("Bank accounts", routes.BANK_ACCOUNTS.path),
    ("Charges", routes.CHARGES.path),
    ("People", routes.PEOPLE.path),
    ("Changes", routes.CHANGES.path),
    ("Requests", routes.INFORMATION_REQUESTS.path),
    ("Programs", routes.PROGRAMS.path),
    ("Audit trail", routes.AUDIT_TRAIL.path),
]
_STAFF_LINKS = [
    RailLink("Queues", routes.QUEUES.path, "inbox"),
    RailLink(
        "Bank accounts",
        routes.BANK_CHECKS.path,
        "landmark",
        SessionState.staff_links.contains("bank"),
    ),
    RailLink("Runs", routes.RUNS.path, "calendar-clock", SessionState.staff_links.contains("runs")),
    RailLink(
        "People",
        routes.ALL_PEOPLE.path,
        "users",
        SessionState.staff_links.contains("people"),
    ),
    RailLink(
        "Look as",
        routes.VIEW_AS.path,
        "eye",
        SessionState.staff_links.contains("view_as"),
    ),
    RailLink(
        "Roles",
        routes.STAFF_ROLES.path,
        "key-round",
        SessionState.staff_links.contains("audit"),
    ),
    RailLink(
        "Callers",
        routes.PHRASE.path,
        "phone",
        SessionState.staff_links.contains("people"),
    ),
    RailLink(
        "Reference data",
        routes.REFERENCE.path,
        "book-open",
        SessionState.staff_links.contains("reference"),
    ),
    RailLink(
        "Content",
        routes.CONTENT.path,
        "newspaper",
        SessionState.staff_links.contains("content"),
    ),
    RailLink(
        "Feedback",
        routes.FEEDBACK_RECEIVED.path,
        "message-square",
        SessionState.staff_links.contains("feedback"),
    ),
    RailLink("Feeds", routes.FEEDS.path, "rss", SessionState.staff_links.contains("feeds")),
    RailLink(
        "Published data",
        routes.PUBLISHED_DATA.path,
        "database",
        SessionState.staff_links.contains("published"),
    ),
    RailLink(
        "Publishers",
        routes.PUBLISHERS.path,
        "plug",
        SessionState.staff_links.contains("audit"),
    ),
    RailLink("Audit", routes.AUDIT.path, "scroll-text", SessionState.staff_links.contains("audit")),
]


def public_page(*content: rx.Component) -> rx.Component:
    """A page that anyone may read."""
    return frame(_held_back(), *content, bar=_bar(), banner=_banner(), foot=_FOOT)


def party_page(*content: rx.Component) -> rx.Component:
    """A page of the company that one acts for; its name never leaves the screen."""
    return frame(
        _held_back(),
        rx.cond(SessionState.organisation_name != "", rx.fragment(*content), _no_company()),
        bar=_bar(),
        banner=_banner(),
        foot=_FOOT,
        rail=rail(_acting_for(), _PARTY_LINKS),
    )


def account_page(here: str, *content: rx.Component) -> rx.Component:
    """A page of My Account: its parts are tabs on top, `here` the path of the one that is shown."""
    return party_page(tabs("My account", _ACCOUNT_TABS, here=here), *content)


def person_page(*content: rx.Component) -> rx.Component:
    """A page of whoever is signed in, whatever company they act for."""
    return frame(
        _held_back(),
        once_loaded(SessionState.signed_in, rx.fragment(*content)),
        bar=_bar(),
        banner=_banner(),
        foot=_FOOT,
    )


def settled_page(
    loaded: rx.Var[bool], missing: rx.Var[str], *content: rx.Component
) -> rx.Component:
    """What a page of the company's settlement shows: the content, or that there is none such."""
    return rx.cond(
        loaded,
        rx.cond(
            missing != "",
            missing_page(missing, link_button("All settled days", href=routes.SETTLEMENT.path)),
            rx.fragment(*content),
        ),
        rx.el.p("Reading your settlement …", class_name="k-soft", role="status"),
    )


def staff_page(*content: rx.Component) -> rx.Component:
    """A page of the operator's staff."""
    return frame(
        _held_back(),
        once_loaded(SessionState.is_staff, rx.fragment(*content)),
        bar=_bar(),
        banner=_banner(),
        foot=_FOOT,
        rail=rail(_staff_head(), _STAFF_LINKS),
    )


def help_for(topic: str) -> rx.Component:
    """The way from a form to the answers of its topic.

    Raises:
        KeyError: There is no such topic.
    """
    return help_link(
        TOPICS[topic][:1].lower() + TOPICS[topic][1:],
        href=f"{routes.GUIDANCE.path}?topic={topic}",
    )


def need_help() -> rx.Component:
    """Whom to ask. The page's own loading has `NeedHelpState` look."""
    return section(
        "Need help",
        ways_to_ask(
            NeedHelpState.teams,
            NeedHelpState.mailboxes,
            on_show=NeedHelpState.show_mailbox,
            manager=NeedHelpState.manager,
        ),
        anchor="need-help",
    )


def _bar() -> rx.Component:
    return top_bar(
        _LINKS,
        rx.cond(
            SessionState.signed_in,
            rx.fragment(
                _home_of_person(),
                bell(BellState.unread, href=routes.NOTICES.path),
                signed_in_as(
                    SessionState.person_name, sign_out=f"{settings().doors_at}/auth/sign-out"
                ),
            ),
            link_button("Sign in", href=routes.SIGN_IN.path, kind="bar"),
        ),
    )


def _home_of_person() -> rx.Component:
    return rx.cond(
        SessionState.is_staff,
        rx.el.a("Staff", href=routes.QUEUES.path, class_name="k-bar-link"),
        rx.el.a("My account", href=routes.ACCOUNT.path, class_name="k-bar-link"),
    )


def _banner() -> rx.Component:
    return rx.fragment(
        rx.cond(
            SessionState.looking_at != "",
            looking_banner(SessionState.looking_at, on_stop=ViewAsState.stop),
        ),
        rx.cond(
            SessionState.invented_market,
            invented_data_banner(
                "A demo market: its companies and people are made up, and so are its figures, but "
                "for real data ingested here.",
            ),
        ),
    )


def _acting_for() -> rx.Component:
    return rx.fragment(
        rx.el.span("Acting for", class_name="k-over"),
        rx.el.strong(SessionState.organisation_name),
        rx.el.span("as ", SessionState.capacity, class_name="k-soft"),
        rx.el.a("Change company", href=routes.CHOOSE_COMPANY.path, class_name="k-small"),
        rx.el.a("Your sign-ins", href=routes.SIGN_INS.path, class_name="k-small"),
    )


def _staff_head() -> rx.Component:
    return rx.fragment(
        rx.el.span("Operator's staff", class_name="k-over"),
        rx.el.strong(SessionState.person_name),
        rx.el.a("Your sign-ins", href=routes.SIGN_INS.path, class_name="k-small"),
    )


def _held_back() -> rx.Component:
    return rx.cond(
        SessionState.held_back != "",
        rx.el.div(notice(SessionState.held_back, tone="warn"), role="status"),
    )


def _no_company() -> rx.Component:
    return once_loaded(
        SessionState.signed_in,
        empty_state(
            "You are not acting for a company.",
            link_button("Choose a company", href=routes.CHOOSE_COMPANY.path),
        ),
    )

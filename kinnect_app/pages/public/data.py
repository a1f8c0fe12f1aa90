"""Data and API: what there is, and how to take it."""

import reflex as rx

from components.button import link_button
from components.contents import contents_list
from components.page_header import page_header, section
from components.table import table
from components.tag import tag
from kinnect_app import routes
from kinnect_app.pages.layout import public_page
from kinnect_app.settings import settings
from state.ui.public.data import DataState as Screen

on_load = Screen.load

_PARTS = [
    ("what-there-is", "What there is"),
    ("how-to-ask", "How to ask for it"),
    ("in-sql", "How to ask in SQL"),
    ("how-to-be-told", "How to be told of news"),
    ("programs", "What a company's own programs can do"),
    ("how-to-read", "How to read it"),
]
_API = "/api/v1/insights"
_ENDPOINTS = [
    (
        "/generation-by-fuel",
        (
            "Generation by fuel in MW, for each five minutes or half-hour. At most 93 days (732 in "
            "half-hours) at a time."
        ),
        "/generation-by-fuel?from={day}&to={day}&resolution=30m",
    ),
    (
        "/generation-by-fuel/now",
        "The latest value of each fuel, imports and exports.",
        "/generation-by-fuel/now",
    ),
    (
        "/system-prices",
        (
            "System price and net imbalance volume of any range. With points, long ranges keep the "
            "lowest and the highest half-hour of each stretch."
        ),
        "/system-prices?from=2016-01-01&points=2000",
    ),
    (
        "/price-stack/{date}/{period}",
        "One price, and its actions with the volume left after each step.",
        "/price-stack/{day}/27",
    ),
    (
        "/datasets",
        "Every public dataset: its columns, units, version, first and last day.",
        "/datasets",
    ),
]
_WAYS = [
    ("from, to", "A date (both days are in) or a moment in UTC, like 2026-10-25T00:30:00Z."),
    ("as_of", "What was known at a moment: later revisions are left out."),
    ("format", "json (columns of equal length, times in milliseconds UTC) or csv (never thinned)."),
    ("ETag", "Send it back as If-None-Match; nothing is sent again until the data change."),
]

_CURL = f"""\
curl {settings().origin}/api/v1/public/participants

TOKEN=$(curl -s -u "$PROGRAM_ID:$SECRET" -d grant_type=client_credentials \\
  {settings().origin}/api/v1/oauth/token | sed 's/.*"access_token": "\\([^"]*\\)".*/\\1/')
curl -H "Authorization: Bearer $TOKEN" {settings().origin}/api/v1/registry/contacts
curl -H "Authorization: Bearer $TOKEN" -H 'If-Match: "v1"' -H 'Content-Type: application/json' \\
  -d '{{"kind": "contact", "action": "change", "subject": "ID", "values": {{"phone": "+44…"}}}}' \\
  "{settings().origin}/api/v1/registry/changes?dry_run=true\""""


_ASK = f"curl -G {settings().origin}{_API}/query -d format=csv --data-urlencode \\\n"
_SQL = "  'sql=SELECT settlement_date, settlement_period FROM system_prices LIMIT 48'"


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Data and API",
            lead="Everything the charts show can be taken away: no sign-in, no key, whole ranges.",
        ),
        contents_list(_PARTS),
        section("What there is", _datasets(), anchor="what-there-is"),
        section("How to ask for it", _endpoints(), _parameters(), anchor="how-to-ask"),
        section("How to ask in SQL", _sql(), anchor="in-sql"),
        section("How to be told of news", _events(), anchor="how-to-be-told"),
        section("What a company's own programs can do", _programs(), anchor="programs"),
        section("How to read it", _reading(), anchor="how-to-read"),
    )


def _datasets() -> rx.Component:
    return table(
        "Public datasets",
        [
            ("Dataset", "text"),
            ("What it is", "text"),
            ("Units", "text k-wide-only"),
            ("Open or closed", "text"),
            ("First day", "text k-wide-only"),
            ("Last day", "text"),
            ("Rows", "figure k-wide-only"),
            ("Version", "figure k-wide-only"),
        ],
        Screen.datasets,
        lambda row: [
            rx.fragment(
                rx.el.strong(row["title"]),
                rx.el.span(row["name"], class_name="k-mono k-under"),
            ),
            rx.el.div(
                row["description"],
                rx.el.span(row["source"], ". ", row["kept"], class_name="k-under"),
                class_name="k-dataset-words",
            ),
            row["units"],
            rx.fragment(
                tag(row["classification"], rx.cond(row["closed"] != "", "warn", "good")),
                rx.cond(row["closed"] != "", rx.el.span(row["closed"], class_name="k-under")),
                rx.cond(row["lag"] != "", rx.el.span(row["lag"], class_name="k-under")),
            ),
            rx.el.span(row["first"], class_name="k-nowrap"),
            rx.el.span(row["last"], class_name="k-nowrap"),
            row["rows"],
            row["version"],
        ],
    )


def _endpoints() -> rx.Component:
    return rx.el.dl(
        *(_endpoint(*one) for one in _ENDPOINTS),
        class_name="k-endpoints",
    )


def _endpoint(path: str, words: str, example: str) -> rx.Component:
    before, *after = (_API + example).split("{day}")
    address: str | rx.Var = before
    for part in after:
        address = address + Screen.last_day + part
    return rx.el.div(
        rx.el.dt(rx.el.span("GET", class_name="k-tag"), " ", rx.el.code(_API + path)),
        rx.el.dd(
            words,
            rx.el.a(address, href=address, reload_document=True, class_name="k-mono k-under"),
        ),
    )


def _parameters() -> rx.Component:
    return rx.el.dl(
        *(
            rx.el.div(rx.el.dt(rx.el.code(name)), rx.el.dd(words), class_name="k-fact")
            for name, words in _WAYS
        ),
        class_name="k-facts",
    )


def _sql() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "Every public dataset is a table, under its name and under its official code. One "
            "SELECT over any of them is answered within seconds, as they are or as they were "
            "known at a moment, and its address can be shared."
        ),
        rx.el.pre(_ASK + _SQL, tab_index=0, class_name="k-code"),
        link_button("Ask in SQL", href=routes.QUERY.path, kind="secondary"),
    )


def _programs() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "The participants of the market are open to everybody. A company's own record is open "
            "to its programs: a Category A colleague makes one under My account, Programs. It "
            "takes a token for 15 minutes, reads the record as the pages show it, and prepares "
            "changes that a person approves."
        ),
        rx.el.pre(_CURL, tab_index=0, class_name="k-code"),
        rx.el.ul(
            rx.el.li("Add dry_run=true to run every check and write nothing."),
            rx.el.li("Send the ETag of what you read as If-Match: 412 says what is so now."),
            rx.el.li("Send an Idempotency-Key, and the same request has one effect in 24 hours."),
            rx.el.li("Lists come in pages: send next_cursor back as cursor until it is null."),
            rx.el.li("Webhooks tell your systems of each change, signed as Standard Webhooks."),
            class_name="k-plain-list",
        ),
    )


def _events() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "Server-sent events tell you whenever a dataset has grown, within a second or two. A "
            "reader that was away is told what it missed when it comes back. The charts here "
            "update themselves that way."
        ),
        rx.el.pre(
            f"curl -N {_API}/events?dataset=system_prices\n\n"
            'id: 42\nevent: dataset\ndata: {"dataset": "system_prices", "version": 42, …}',
            tab_index=0,
            class_name="k-code",
        ),
        rx.el.p(
            "A company's own systems can be told the same by a signed webhook, as "
            "dataset.published, with the address that reads just the rows that came: see ",
            rx.el.a("Programs and webhooks", href=routes.PROGRAMS.path),
            ". A person can be told when a figure crosses a line: see ",
            rx.el.a("Alerts", href=routes.ALERTS.path),
            ".",
        ),
    )


def _reading() -> rx.Component:
    return rx.el.ul(
        rx.el.li("Times are UTC in the API and London's clocks on the pages."),
        rx.el.li(
            "A Settlement Date has 48 Settlement Periods of half an hour, 46 when clocks go "
            "forward and 50 when they go back."
        ),
        rx.el.li("null is no data, never zero."),
        rx.el.li(
            "The version is a number that grows with each ingest that changed the dataset. Rows "
            "are never overwritten: a revision stands beside what it revises."
        ),
        rx.el.li(
            "A request that cannot be answered says every fault at once, as problem details "
            "(RFC 9457)."
        ),
        rx.el.li(
            rx.el.a(
                "The description for programs (OpenAPI)",
                href="/api/v1/openapi.json",
                reload_document=True,
            )
        ),
        class_name="k-plain-list",
    )

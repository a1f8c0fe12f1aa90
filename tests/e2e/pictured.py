"""What there is to take pictures of: every page, as those it is for see it, and its states."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import yaml
from playwright.sync_api import Page

from kinnect_app import routes
from kinnect_app.routes import Audience, Route
from state.domain.permissions import Permission, Right, right_of

PERSON = "Alice Harrowgate"
STAFF = {
    "participant_management": "Parveen Maddox",
    "market_entry": "Esther Newcombe",
    "settlement_operations": "Silas Okoro",
    "insights_publisher": "Isla Webberley",
    "administrator": "Adam Rootley",
    "auditor": "Audrey Checkland",
}
"""Staff by role: a page is pictured as the first who may open it sees it."""

_PAGES = Path(__file__).parents[1] / "permissions/pages.yaml"
ROUTES = [route for route in vars(routes).values() if isinstance(route, Route)]


@dataclass(frozen=True)
class View:
    """One page in one state; `do` brings the state about."""

    name: str
    address: str
    person: str = ""
    do: Callable[[Page], None] | None = None


def every_page() -> list[View]:
    """Each page by itself; one that shows a record has none, and must say so."""
    needs = {path: entry["needs"] for path, entry in yaml.safe_load(_PAGES.read_text()).items()}
    return [View(_name(route.path), route.path, _who(route, needs[route.path])) for route in ROUTES]


def linked(links: list[str], person: str, known: set[tuple[str, str]]) -> list[View]:
    """The records that a page leads to: the first of each kind, and each of its tabs."""
    paths = {route.path for route in ROUTES if person or route.audience is Audience.ANYONE}
    views = []
    for link in links:
        parts = urlsplit(link)
        tab = "-".join(value for key, (value, *_) in parse_qs(parts.query).items() if key == "tab")
        if parts.path in paths and parts.query and (parts.path, tab) not in known:
            known.add((parts.path, tab))
            name = f"{_name(parts.path)}-of-{tab or 'one'}"
            views.append(View(name, f"{parts.path}?{parts.query}", person))
    return views


def _name(path: str) -> str:
    return path.strip("/").replace("/", "-") or "home"


def _who(route: Route, needs: str) -> str:
    if route.audience is Audience.ANYONE:
        return ""
    if route.audience is Audience.PEOPLE:
        return PERSON
    if needs == "staff":
        return STAFF["participant_management"]
    asked = Permission(needs)
    return next(
        who for role, who in STAFF.items() if right_of(asked, role, date.max) is not Right.NO
    )


def _press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name).first.click()


def _fill(*boxes: tuple[str, str], press: str = "") -> Callable[[Page], None]:
    def filled(page: Page) -> None:
        for label, text in boxes:
            page.get_by_label(label).first.fill(text)
        if press:
            _press(press)(page)

    return filled


def _typed(page: Page) -> None:
    page.get_by_label("Full name").fill("Piers Thorne")
    page.get_by_label("Email address").fill("piers@albion.example")
    page.wait_for_timeout(2500)  # a draft is kept a moment after typing
    page.reload()


def _contact_sent(page: Page) -> None:
    page.get_by_label("Full name").fill("Petra Holm")
    page.get_by_label("Email address").fill("petra@albion.example")
    page.get_by_label("Telephone number").fill("01632 960 124")
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Invoices and charges").check()
    _press("Continue")(page)
    _press("Send for approval")(page)
    page.get_by_text("has been told").wait_for()


def _interest(page: Page) -> None:
    answers = {
        "legal_name": "Wharfedale Wind Limited",
        "company_number": "SC123456",
        "target_date_day": "1",
        "target_date_month": "9",
        "target_date_year": "2027",
        "contact_name": "Ada Lund",
        "email": "ada@wharfedale.example",
        "phone": "01632 960 001",
    }
    for name, text in answers.items():
        page.locator(f"[name='{name}']").fill(text)
    page.get_by_label("Generator").check()
    page.get_by_label("I am allowed to act").check()
    _press("Send your expression of interest")(page)
    page.get_by_text(re.compile(r"^EOI-\d{4}-\d{6}$")).wait_for()


def _bank_account(page: Page) -> None:
    page.get_by_label("Where is the account held?").select_option("GB")
    page.get_by_label("Name on the account").fill("ALBION POWER LTD")
    page.get_by_label("Sort code").fill("99-03-04")
    page.get_by_label("Account number").fill("00012349")
    _press("Continue")(page)
    page.get_by_text("••••2349").first.wait_for()


def _leaving(page: Page) -> None:
    for name, year in (("last_trading_day", "2027"), ("withdrawal_date", "2027")):
        for part, text in (("day", "20"), ("month", "11"), ("year", year)):
            page.locator(f"[name={name}_{part}]").fill(text)
    page.locator("[name=withdrawal_date_month]").fill("12")
    page.get_by_label("Why does the company leave?").fill("We sold our only power station.")
    _press("Propose this date")(page)
    page.get_by_text(re.compile("is sent")).wait_for()


def _closing(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("^Closed")).check()
    page.get_by_label("Why is it closed?").fill("It is being checked against our own record")
    _press("Continue")(page)
    _press("Send for approval")(page)
    page.get_by_text("has been told").wait_for()


def _fee(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Propose a new value")).first.click()
    page.get_by_label("New value").fill("275")
    page.get_by_label("Where it was decided").fill("Panel decision 344/05")
    for part, text in (("Day", "1"), ("Month", "3"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(text)
    _press("Continue")(page)
    _press("Send for approval")(page)
    page.get_by_text("has been told").wait_for()


def _feedback(page: Page) -> None:
    page.get_by_label("What is it about?").select_option("Settlement")
    page.get_by_label("Poor", exact=True).check()
    page.get_by_label("Your feedback").fill("I could not find my charge of 3 November.")
    _press("Send your feedback")(page)
    page.get_by_text(re.compile(r"FB-\d{4}")).first.wait_for()


def _director(page: Page) -> None:
    page.get_by_role("link", name="LANTERN LANE SUPPLY LTD").first.click()
    page.get_by_role("link", name=re.compile("director")).first.click()


def _looking(page: Page) -> None:
    page.get_by_label("Company").fill("ALBION")
    page.get_by_label("Why do you look?").fill("Alice cannot find her contacts")
    _press("Look for 30 minutes")(page)
    page.get_by_role("heading", level=1, name="ALBION POWER LTD").wait_for()


_ASSISTANT, _VIEWER, _TINY = "Arun Selby", "Agnes Whitlow", "Bea Tranter"

FIRST = [
    View("market-entry-sent-of-one", "/market-entry", do=_interest),
    View("feedback-sent", "/customer/feedback", do=_feedback),
    View("contact-sent", "/account/contact", _ASSISTANT, _contact_sent),
    View("bank-account-checked", "/account/bank-account?id=trading_charges", _ASSISTANT,
         _bank_account),
    View("market-exit-sent", "/market-exit", "Caleb Ormerod", _leaving),
    View("publishing-setting-sent", "/staff/publishing-setting?id=loss_of_load",
         "Isla Webberley", _closing),
    View("reference-value-sent", "/staff/reference", "Esther Newcombe", _fee),
]  # fmt: skip
"""What is begun before all others, so that they have something to show."""

STATES = [
    View("market-entry-wrong", "/market-entry", do=_press("Send your expression of interest")),
    View("market-entry-track-wrong", "/market-entry/track", do=_press("Show where it is")),
    View("customer-feedback-wrong", "/customer/feedback", do=_press("Send your feedback")),
    View("customer-help-none", "/customer/help",
         do=_fill(("Search help", "zebra"), press="Search")),
    View("insights-query-answered", "/insights/query", do=_press("Run")),
    View("insights-query-wrong", "/insights/query?sql=SELECT%20nothing%20FROM%20nowhere",
         do=_press("Run")),
    View("insights-units-none", "/insights/units?search=zebra"),
    View("insights-generation-none", "/insights/generation?since=2001-04-01&until=2001-04-02"),
    View("insights-price-stack-none", "/insights/price-stack?date=2001-04-01&period=1"),
    View("insights-alerts-of-somebody", "/insights/alerts", PERSON),
    View("account-contact-draft", "/account/contact", _ASSISTANT, _typed),
    View("account-contact-wrong", "/account/contact", "Ada Lonsdale", _press("Continue")),
    View("account-of-viewer", "/account", _VIEWER),
    View("account-invite-not-allowed", "/account/people/invite", _VIEWER),
    View("account-programs-not-allowed", "/account/programs", _VIEWER),
    View("market-exit-not-allowed", "/market-exit", _VIEWER),
    View("staff-not-allowed", "/staff", _VIEWER),
    View("staff-audit-not-allowed", "/staff/audit", "Esther Newcombe"),
    View("choose-company-of-two", "/choose-company", "Bridget Fairweather-Lowe"),
    *(
        View(f"{_name(path)}-empty", path, _TINY)
        for path in ("/account", "/account/contacts", "/account/addresses", "/account/bank",
                     "/account/changes", "/account/charges", "/account/information",
                     "/account/programs", "/account/audit", "/notices", "/assets", "/settlement")
    ),
    View("staff-director-to-ask", "/staff/people?search=LANTERN", "Parveen Maddox", _director),
    View("staff-ask-for-information-wrong", "/staff/people?search=SWARMWEL", "Parveen Maddox",
         lambda page: (page.get_by_role("link", name="SWARMWELL LTD").click(),
                       page.get_by_role("link", name="Ask for information").click(),
                       _press("Send the request")(page))),
]  # fmt: skip
"""States that no address leads to by itself: wrong answers, drafts, nothing there, not allowed."""

LAST = [View("looking-as-a-company", "/staff/view-as", STAFF["market_entry"], _looking)]
"""What changes all that comes after it."""

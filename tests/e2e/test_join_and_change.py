"""From the mail of an invitation to a first registered change: two people, two minutes.

Both sign in at an independent identity provider with a second factor, and the mail is the one that
a mail server was handed.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.provider import CODES, sign_in_at_the_provider
from tests.mail_server import MailServer

LONGEST_SECONDS = 120
MOST_CLICKS = 20
MAIL_WITHIN_SECONDS = 15
ADDRESS = "nell@people.example"


@dataclass
class Hands:
    """What a person does to get there: clicks, boxes filled, characters typed."""

    clicks: int = 0
    boxes: int = 0
    characters: int = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def type(self, what: Locator, text: str) -> None:
        self.boxes += 1
        self.characters += len(text)
        what.fill(text)

    def give_factors(self, page: Page, who: str) -> None:
        self.type(page.get_by_label("User"), who)
        self.click(page.get_by_role("button", name="Sign in"))
        self.type(page.get_by_label("Code"), CODES[who])
        self.click(page.get_by_role("button", name="Confirm"))


@pytest.fixture
def new_page(provider, browser: Browser) -> Iterator[Callable[[], Page]]:
    """A browser of its own at each call."""
    served, _ = provider
    contexts = []

    def opened() -> Page:
        contexts.append(browser.new_context(base_url=served.origin, locale="en-GB"))
        contexts[-1].set_default_timeout(10_000)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def test_a_newcomer_joins_and_has_a_change_registered_in_two_minutes(
    new_page: Callable[[], Page], mailed: MailServer, record_property
) -> None:
    _ann_invites(new_page())
    invitation = _link_in_the_mail(mailed, ADDRESS, "/auth/join/")

    began, hands, nells = time.monotonic(), Hands(), new_page()
    _nell_joins(nells, invitation, hands)
    _nell_adds_a_contact(nells, hands)
    asked = _link_in_the_mail(mailed, "ann@people.example", "/account/change")
    _ann_approves(new_page(), asked, hands)
    nells.reload()
    expect(nells.get_by_text("Done", exact=True).first).to_be_visible()
    hands.click(nells.get_by_role("link", name="See the contacts"))
    expect(nells.get_by_text("Piers Thorne").first).to_be_visible()
    took = time.monotonic() - began

    record_property("joined_and_changed", f"{took:.1f} s, {hands}")
    assert took < LONGEST_SECONDS, hands
    assert hands.clicks <= MOST_CLICKS, hands


def _ann_invites(page: Page) -> None:
    page.goto("/sign-in?next=/account/people/invite")
    sign_in_at_the_provider(page, "ann")
    page.get_by_role("button", name="Act for ALPHA ENERGY LTD").click()
    page.get_by_label("Full name").fill("Nell Newcomer")
    page.locator("#email").fill(ADDRESS)
    page.locator("#kind-assistant").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Nell Newcomer is invited: a link is on its way")).to_be_visible()


def _link_in_the_mail(mailed: MailServer, address: str, path: str) -> str:
    link = re.compile(rf"http://localhost:\d+{path}\S+")
    until = time.monotonic() + MAIL_WITHIN_SECONDS
    while time.monotonic() < until:
        for mail in mailed.mails:
            if f"To: {address}" in mail and (found := link.search(mail)):
                return found[0]
        time.sleep(0.1)
    raise AssertionError(mailed.mails)


def _nell_joins(page: Page, link: str, hands: Hands) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="Act for ALPHA ENERGY LTD")).to_be_visible()
    expect(page.get_by_text("n•••@people.example")).to_be_visible()
    hands.click(page.get_by_role("link", name="Continue to sign in"))
    hands.give_factors(page, "nell")
    expect(page.get_by_role("heading", level=1, name="ALPHA ENERGY LTD")).to_be_visible()
    expect(page.get_by_text("as Assistant")).to_be_visible()


def _nell_adds_a_contact(page: Page, hands: Hands) -> None:
    hands.click(page.get_by_role("link", name="Contacts", exact=True).first)
    hands.click(page.get_by_role("link", name="Add a contact"))
    hands.type(page.get_by_label("Full name"), "Piers Thorne")
    hands.type(page.get_by_label("Email address"), "piers@alpha.example")
    hands.type(page.get_by_label("Telephone number"), "01632 960 123")
    hands.click(page.get_by_label("No", exact=True))
    hands.click(page.get_by_label("Invoices and charges"))
    hands.click(page.get_by_role("button", name="Continue"))
    hands.click(page.get_by_role("button", name="Send for approval"))
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()


def _ann_approves(page: Page, link: str, hands: Hands) -> None:
    page.goto(link)
    hands.click(page.get_by_role("link", name="Sign in with your organisation"))
    hands.give_factors(page, "ann")
    hands.click(page.get_by_role("button", name="Act for ALPHA ENERGY LTD"))
    expect(page.get_by_role("row").filter(has_text="Email address")).to_contain_text(
        "piers@alpha.example"
    )
    hands.click(page.get_by_label("Approve"))
    hands.click(page.get_by_role("button", name="Send the decision"))
    expect(page.get_by_text("Done. It counts now.")).to_be_visible()

"""A person sees where they are signed in, and signs out of one browser or of all."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.people import sign_in_by_the_page
from tests.served import Served

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
FOXES = ("Firefox", "Firefox")
NIA = "Nia Vaughan-Moss"


def test_one_browser_and_then_all(page: Page, context: BrowserContext, served: Served) -> None:
    assert context.browser is not None
    others = [
        context.browser.new_context(base_url=served.origin, user_agent=FIREFOX) for _ in range(2)
    ]
    first, second = (other.new_page() for other in others)
    for tab in (page, first, second):
        sign_in_by_the_page(tab, NIA)
    page.get_by_role("link", name="Your sign-ins").click()
    expect(page.get_by_role("heading", level=1, name="Your sign-ins")).to_be_visible()
    expect(page.get_by_text("Firefox on Linux").first).to_be_visible()
    # Another test may have let a program in as the same person, which is no browser.
    rows = page.get_by_role("main").get_by_role("listitem").filter(has_text="on Linux")
    expect(rows).to_have_text([re.compile(f"{one} on Linux") for one in ("Chrome", *FOXES)])
    expect(rows.first).to_contain_text("Chrome on Linux")
    expect(rows.first).to_contain_text("This browser")
    rows.nth(1).get_by_role("button", name="Sign out of Firefox on Linux").click()
    expect(page.get_by_text("That browser is signed out.")).to_be_visible()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_text("You are signed out everywhere.")).to_be_visible()
    for tab in (first, second):
        tab.get_by_role("link", name="Assets", exact=True).click()
        expect(tab).to_have_url(re.compile(r"/sign-in/?\?next=%2Fassets"))
        expect(tab.get_by_text("Acting for")).to_have_count(0)
    for other in others:
        other.close()

"""An assistant prepares a change and a colleague approves it: neither has a mouse."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.usefixtures("nobody_is_at_a_form")

MOST_TABS = 80
"""To anything on a page of a company's account."""


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, and see that the eye can find it there."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate("node => node === document.activeElement"):
            assert wanted.evaluate("node => node.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} tabs do not lead to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    press(page, page.get_by_role("button", name=f"Sign in as {name}", exact=True))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_change_is_prepared_and_approved(page: Page, another: Page) -> None:
    sign_in(page, "Arun Selby")
    press(page, page.get_by_role("link", name="Contacts", exact=True).first)
    changes = page.get_by_role("link", name=re.compile("^Change "))
    press(page, changes.filter(has_not_text="company").first)
    tab_to(page, page.get_by_label("Full name"))
    page.keyboard.press("Control+A")
    page.keyboard.type("Keira Boardman")
    press(page, page.get_by_role("button", name="Continue"))
    press(page, page.get_by_role("button", name="Send for approval"))
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()

    sign_in(another, "Ada Lonsdale")
    another.goto("/account/changes?tab=for-me")
    press(another, another.get_by_role("link", name=re.compile("Change: contact")).first)
    press(another, another.get_by_label("Approve"), "Space")
    press(another, another.get_by_role("button", name="Send the decision"))
    expect(another.get_by_text("Done. It counts now.")).to_be_visible()

"""Signing in as a person of the demo market."""

import re

from playwright.sync_api import Page, expect


def sign_in_as(page: Page, name: str) -> None:
    """Choose the person on the sign-in page, and wait for the page that they land on."""
    page.goto("/sign-in")
    page.get_by_role("button", name=f"Sign in as {name}", exact=True).click()
    expect(page).not_to_have_url(re.compile("/sign-in"))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

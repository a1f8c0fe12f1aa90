"""Signing in as a person of the demo market."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect


def sign_in_as(page: Page, name: str) -> str:
    """Be that person in this browser from the next page on; gives the path that they land on.

    It sends what the button of the sign-in page sends; tests of the sign-in press that.
    """
    origin = page.request.get("/ping").url.removesuffix("/ping")
    answer = page.request.post(
        "/auth/development",
        form={"person": "-".join(name.lower().split()), "next": ""},
        headers={"origin": origin},
        max_redirects=0,
    )
    landing = urlsplit(answer.headers.get("location", ""))
    assert answer.status == 303, answer.text()
    assert "why=" not in landing.query, f"{name} is nobody here: {landing.query}"
    return landing.path


def open_as(page: Page, name: str) -> None:
    """Sign in as that person, and open the page that they land on."""
    page.goto(sign_in_as(page, name))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def sign_in_by_the_page(page: Page, name: str) -> None:
    """Choose the person on the sign-in page, and wait for the page that they land on."""
    page.goto("/sign-in")
    page.get_by_role("button", name=f"Sign in as {name}", exact=True).click()
    expect(page).not_to_have_url(re.compile("/sign-in"))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

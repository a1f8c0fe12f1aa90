"""A company says that it wishes to join; staff see it and decide; the company sees the answer."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.people import sign_in_as
from tests.e2e.provider import FORMS_AN_HOUR


def fill_in(page: Page, **changed: str) -> None:
    answers = {
        "legal_name": "Wharfedale Wind Limited",
        "company_number": "sc 123456",
        "target_date_day": "1",
        "target_date_month": "9",
        "target_date_year": "2027",
        "contact_name": "Ada Lund",
        "email": "ada@wharfedale.example",
        "phone": "01632 960 001",
        **changed,
    }
    for name, value in answers.items():
        page.locator(f"[name='{name}']").fill(value)
    page.get_by_label("Generator").check()
    page.get_by_label("I am allowed to act").check()


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(page: Page) -> None:
    page.goto("/market-entry")
    page.locator("[name=legal_name]").fill("Wharfedale Wind \u202eLimited")
    page.locator("[name=company_number]").fill("12")
    page.locator("[name=email]").fill("ada@")
    page.get_by_role("button", name="Send your expression of interest").click()

    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary.get_by_role("link")).to_have_text(
        [
            (
                "Legal name of your organisation must not include "
                "invisible or direction-changing characters"
            ),
            "Enter a company number like 01234567 or SC123456",
            "Select at least one role, or ‘I am not sure’",
            "Target date must be a real date, like 27 3 2027",
            "Enter your full name",
            "Enter an email address in the correct format, like name@example.com",
            "Enter a telephone number",
            "Confirm that you are allowed to act for this organisation",
        ]
    )
    expect(summary).to_be_focused()
    expect(page.locator("[name=company_number]")).to_have_value("12")
    expect(page.locator("[name=email]")).to_have_value("ada@")
    expect(page.locator("[name=email]")).to_have_attribute("aria-invalid", "true")


def test_from_interest_to_decision(page: Page, context: BrowserContext) -> None:
    page.goto("/market-entry")
    fill_in(page)
    page.get_by_role("button", name="Send your expression of interest").click()
    expect(page.get_by_role("heading", name="We have your expression of interest")).to_be_visible()
    reference = page.get_by_text(re.compile(r"^EOI-\d{4}-\d{6}$")).inner_text()

    staff = context.browser.new_context(base_url=page.url.split("/market-entry")[0]).new_page()
    sign_in_as(staff, "Esther Newcombe")
    staff.goto("/staff")
    row = staff.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Wharfedale Wind Limited")
    expect(row).to_contain_text("SC123456")
    row.get_by_role("link", name=reference).click()

    staff.get_by_label("Decline").check()
    staff.get_by_role("button", name="Send the decision").click()
    expect(staff.get_by_role("alert").filter(has_text="There is a problem")).to_contain_text(
        "Enter the reason, for the company to read"
    )
    staff.get_by_label("What shall we tell the company?").fill("Your licence is not in force yet.")
    staff.get_by_role("button", name="Send the decision").click()
    expect(staff.get_by_text(f"{reference} is declined.")).to_be_visible()
    staff.context.close()

    page.goto("/market-entry/track")
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Email address").fill("someone@else.example")
    page.get_by_role("button", name="Show where it is").click()
    expect(page.get_by_text("We do not have an expression of interest").first).to_be_visible()
    page.get_by_label("Email address").fill("ADA@wharfedale.example")
    page.get_by_role("button", name="Show where it is").click()
    expect(page.get_by_text("Your licence is not in force yet.")).to_be_visible()


def test_who_sends_forms_without_end_is_held_back(provider, browser: Browser) -> None:
    served, _ = provider
    context = browser.new_context(base_url=served.origin)
    page = context.new_page()
    page.goto("/market-entry/track")
    page.get_by_label("Reference").fill("EOI-2026-000001")
    page.get_by_label("Email address").fill("nobody@nowhere.example")
    page.get_by_role("button", name="Show where it is").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.get_by_text("Too many attempts")).to_have_count(0)
    for _ in range(FORMS_AN_HOUR):
        page.get_by_role("button", name="Show where it is").click()
        page.wait_for_timeout(200)
    expect(page.get_by_text("Too many attempts. Try again in an hour.")).to_be_visible()
    context.close()

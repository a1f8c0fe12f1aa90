"""A Category A proposes a withdrawal date; staff answer; the company sees the answer."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import sign_in_as


def propose(page: Page, last: tuple[str, str, str], leave: tuple[str, str, str], why: str) -> None:
    for name, parts in (("last_trading_day", last), ("withdrawal_date", leave)):
        for part, value in zip(("day", "month", "year"), parts, strict=True):
            page.locator(f"[name={name}_{part}]").fill(value)
    page.get_by_label("Why does the company leave?").fill(why)
    page.get_by_role("button", name="Propose this date").click()


def test_from_proposal_to_answer(page: Page) -> None:
    sign_in_as(page, "Caleb Ormerod")
    page.goto("/market-exit")
    propose(page, ("31", "2", "2027"), ("1", "12", "2020"), "")
    problems = page.get_by_role("alert").get_by_role("link")
    expect(problems).to_have_count(3)
    expect(problems.nth(0)).to_have_text("Last day of trading must be a real date, like 27 3 2027")
    expect(problems.nth(1)).to_have_text(
        re.compile("^Withdrawal date must be at least 28 days from today")
    )
    expect(problems.nth(2)).to_have_text("Enter your reason")

    propose(page, ("20", "11", "2027"), ("1", "12", "2027"), "We sold our only power station.")
    expect(page.get_by_text(re.compile(r"EXIT-\d{4}-\d{6} is sent"))).to_be_visible()
    expect(page.get_by_role("button", name="Propose this date")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()

    sign_in_as(page, "Parveen Maddox")
    page.goto("/staff")
    row = page.get_by_role("row").filter(has_text=re.compile("EXIT-.*CALDER"))
    row.get_by_role("link").click()
    page.get_by_label("Accept").check()
    page.get_by_label("What shall we tell the company?").fill("End your BM Units first.")
    page.get_by_role("button", name="Send the decision").click()
    expect(page.get_by_text(re.compile(r"EXIT-\d{4}-\d{6} is accepted"))).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    sign_in_as(page, "Caleb Ormerod")
    page.goto("/market-exit")
    expect(page.get_by_text("End your BM Units first.")).to_be_visible()

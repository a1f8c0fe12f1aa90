"""The operator's people change a fee: one proposes, another approves, and it has its date."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.people import sign_in_as
from tests.e2e.sessions import sign_in_earlier
from tests.served import Served

DAY = (datetime.now(UTC) + timedelta(days=40)).date()  # noqa: TID251  # the served app's own clock
SPOKEN = f"{DAY.day} {DAY:%b %Y}"


def propose(page: Page, fee: str, value: str) -> None:
    page.goto("/staff/reference")
    page.get_by_role("link", name=re.compile(rf"Propose a new value\s+for {fee}")).click()
    page.get_by_label("New value").fill(value)
    page.get_by_label("Where it was decided").fill("Panel decision 344/05")
    for part, text in (("Day", DAY.day), ("Month", DAY.month), ("Year", DAY.year)):
        page.get_by_label(part, exact=True).fill(str(text))
    page.get_by_role("button", name="Continue").click()


def test_a_fee_is_proposed_by_one_and_approved_by_another_who_signs_in_again(
    page: Page, another: Page, served: Served
) -> None:
    sign_in_as(page, "Esther Newcombe")
    propose(page, "Base monthly charge", "a lot")
    expect(page.get_by_role("alert")).to_contain_text("pounds and pence")
    page.get_by_label("New value").fill("275")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("row").filter(has_text="New value")).to_contain_text("250.00")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()

    sign_in_as(another, "Adam Rootley")
    another.goto("/notices")
    another.get_by_role("button", name=re.compile("waits for approval")).first.click()
    expect(another.get_by_role("heading", level=1, name="Base monthly charge")).to_be_visible()
    sign_in_earlier(served, "Adam Rootley", minutes=30)
    another.get_by_label("Approve").check()
    another.get_by_role("button", name="Send the decision").click()
    another.get_by_role("button", name="Sign in again as Adam Rootley").click()
    expect(another.get_by_role("heading", level=1, name="Base monthly charge")).to_be_visible()
    another.get_by_label("Approve").check()
    another.get_by_role("button", name="Send the decision").click()
    expect(another.get_by_text("Agreed. It counts from its date on.")).to_be_visible()
    another.goto("/staff/reference?kind=fee")
    row = another.get_by_role("row").filter(has_text="275.00")
    expect(row).to_contain_text(SPOKEN)
    expect(row).to_contain_text("To come")
    expect(row).to_contain_text("Panel decision 344/05")
    expect(another.get_by_role("row").filter(has_text="250.00")).to_contain_text("Now")

    sign_in_as(page, "Nora Whinfell")
    page.goto("/account/charges")
    expect(page.get_by_role("row").filter(has_text="£275.00")).to_contain_text(SPOKEN)
    expect(page.get_by_role("row").filter(has_text="1 Nov 2026")).to_contain_text("£250.00")


def test_nobody_approves_their_own_proposal(page: Page, another: Page) -> None:
    sign_in_as(page, "Adam Rootley")
    propose(page, "Accession fee", "600")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()
    expect(page.get_by_label("Approve")).to_have_count(0)
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    change = page.url
    sign_in_as(another, "Silas Okoro")
    another.goto("/staff/reference")
    another.get_by_role("link", name="Accession fee").first.click()
    expect(another.get_by_role("heading", level=1, name="Accession fee")).to_be_visible()
    expect(another.get_by_label("Approve")).to_have_count(0)
    sign_in_as(another, "Alice Harrowgate")
    another.goto(change)
    expect(another).to_have_url(re.compile(r"/not-allowed/?(\?|$)"))
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Withdrawn", exact=True).first).to_be_visible()


def test_every_kind_is_listed_and_a_company_sees_none_of_it(page: Page) -> None:
    sign_in_as(page, "Audrey Checkland")
    page.goto("/staff/reference?kind=category")
    expect(page.get_by_role("heading", name="Category F", exact=True)).to_be_visible()
    page.get_by_role("link", name="Deadlines").click()
    expect(
        page.get_by_role("heading", name="How long a contact that has ended is kept")
    ).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Propose a new value"))).to_have_count(0)
    sign_in_as(page, "Alice Harrowgate")
    page.goto("/staff/reference")
    expect(page).to_have_url(re.compile(r"/not-allowed/?(\?|$)"))

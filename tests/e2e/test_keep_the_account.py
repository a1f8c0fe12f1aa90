"""A person sees their company's account, changes a contact, and it stands in the audit trail."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import sign_in_as


def test_a_category_a_changes_a_contact_and_the_auditor_sees_it(page: Page) -> None:
    sign_in_as(page, "Alice Harrowgate")
    expect(page.get_by_role("heading", level=1, name="ALBION POWER LTD")).to_be_visible()
    expect(page.get_by_text("as Category A")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Change ")).filter(
        has_not_text="company"
    ).first.click()

    page.get_by_label("Email address").fill("not an address")
    page.get_by_label("Full name").fill("Zoë O’Neill-Smythe")
    page.get_by_role("button", name="Save the contact").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Enter an email address in the correct format, like name@example.com"]
    )
    expect(page.get_by_label("Full name")).to_have_value("Zoë O’Neill-Smythe")
    page.get_by_label("Email address").fill("zoe@albion.example")
    page.get_by_role("button", name="Save the contact").click()
    expect(page.get_by_text("Zoë O’Neill-Smythe is saved.")).to_be_visible()
    expect(page.get_by_role("cell", name="zoe@albion.example")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    sign_in_as(page, "Audrey Checkland")
    page.goto("/staff/audit")
    first = page.get_by_role("row").filter(has_text="account.contact.changed").first
    expect(first).to_contain_text("fields: email, name")
    expect(page.get_by_text("zoe@albion.example")).to_have_count(0)
    page.get_by_role("button", name="Verify the trail").click()
    expect(
        page.get_by_text(re.compile(r"All \d[\d,]* entries are as they were sealed"))
    ).to_be_visible()


def test_a_viewer_reads_and_cannot_change(page: Page) -> None:
    sign_in_as(page, "Agnes Whitlow")
    expect(page.get_by_role("heading", level=1, name="ALBION POWER LTD")).to_be_visible()
    expect(page.get_by_text("A Category A colleague can change contacts.")).to_be_visible()
    page.goto("/market-exit")
    expect(page.get_by_text("Only a Category A signatory can propose")).to_be_visible()
    page.goto("/staff")
    expect(page).to_have_url(re.compile("/not-allowed/?$"))


def test_assets_are_searched_in_the_address(page: Page) -> None:
    sign_in_as(page, "Alice Harrowgate")
    page.goto("/assets")
    everything = page.get_by_text(re.compile(r"^\d+ BM Units$"))
    expect(everything).to_be_visible()
    page.get_by_label("Search by id").fill("2__A")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("search=2__A"))
    expect(page.get_by_text("1 BM Unit", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("^2__A"))).to_have_count(1)
    expect(page.get_by_label("Search by id")).to_have_value("2__A")
    page.goto("/assets?search=2__B")
    expect(page.get_by_label("Search by id")).to_have_value("2__B")
    page.get_by_label("Search by id").fill("no such unit")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("No BM Unit matches.")).to_be_visible()


def test_a_page_of_the_account_asks_a_stranger_to_sign_in(page: Page) -> None:
    for path in (
        "/account",
        "/assets",
        "/market-exit",
        "/staff",
        "/staff/audit",
        "/choose-company",
    ):
        page.goto(path)
        expect(page).to_have_url(re.compile("/sign-in/?$"))

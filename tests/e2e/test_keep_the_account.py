"""A person sees their company's account, changes a contact, and it stands in the audit trail."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import open_as, sign_in_as

pytestmark = pytest.mark.usefixtures("nobody_is_at_a_form")


def change_first_contact(page: Page, name: str) -> None:
    page.goto("/account/contacts")
    page.get_by_role("link", name=re.compile("^Change ")).filter(
        has_not_text="company"
    ).first.click()
    page.get_by_label("Full name").fill(name)


def test_a_category_a_changes_a_contact_and_the_auditor_sees_it(page: Page) -> None:
    open_as(page, "Alice Harrowgate")
    expect(page.get_by_role("heading", level=1, name="ALBION POWER LTD")).to_be_visible()
    expect(page.get_by_text("as Category A")).to_be_visible()
    reference = page.get_by_role("term").filter(has_text="Our reference").locator("xpath=../dd")
    expect(reference).to_have_text(re.compile(r"^[0-9a-f]{12,}$"))
    change_first_contact(page, "Zoë O’Neill-Smythe")
    page.get_by_label("Email address").fill("not an address")
    page.get_by_label("Telephone number").fill("+44 (0)1632 960 999")
    page.get_by_label("Job title").focus()
    expect(page.get_by_text("Valid: +44 1632 960999")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Enter an email address in the correct format, like name@example.com"]
    )
    expect(page.get_by_label("Full name")).to_have_value("Zoë O’Neill-Smythe")
    page.get_by_label("Email address").fill("zoe@albion.example")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check before you send")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Email address")).to_contain_text(
        "zoe@albion.example"
    )
    page.get_by_role("button", name="Make this change").click()
    expect(page.get_by_text("Done. It counts now.")).to_be_visible()
    page.goto("/account/contacts")
    expect(page.get_by_text("zoe@albion.example")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()

    sign_in_as(page, "Audrey Checkland")
    page.goto("/staff/audit")
    first = page.get_by_role("row").filter(has_text="account.contact.change_applied").first
    expect(first).to_contain_text("applied")
    expect(page.get_by_text("zoe@albion.example")).to_have_count(0)
    page.get_by_role("button", name="Verify the trail").click()
    expect(
        page.get_by_text(re.compile(r"All \d[\d,]* entries are as they were sealed"))
    ).to_be_visible()


def send(page: Page, value: str) -> None:
    """Send the change once the page shows it."""
    expect(page.get_by_role("row").filter(has_text=value)).to_be_visible()
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()


def test_an_assistant_prepares_and_a_colleague_returns_then_approves(
    page: Page, another: Page
) -> None:
    sign_in_as(page, "Arun Selby")
    change_first_contact(page, "Quentin Ashgrove")
    page.get_by_role("button", name="Continue").click()
    send(page, "Quentin Ashgrove")
    expect(page.get_by_label("What do you decide?")).to_have_count(0)

    sign_in_as(another, "Ada Lonsdale")
    another.goto("/notices")
    another.get_by_role("button", name=re.compile("^Open.*waits for approval")).first.click()
    another.get_by_role("button", name="Send the decision").click()
    expect(another.get_by_role("alert")).to_contain_text("Select what you decide")
    another.get_by_label("Return it to be improved").check()
    another.get_by_label("What shall we tell your colleague?").fill("With his middle name, please")
    another.get_by_role("button", name="Send the decision").click()
    expect(another.get_by_text("Returned to your colleague.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("With his middle name, please").first).to_be_visible()
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Full name").fill("Quentin Noel Ashgrove")
    page.get_by_role("button", name="Continue").click()
    send(page, "Quentin Noel Ashgrove")
    another.goto("/account/changes?tab=for-me")
    another.get_by_role("link", name=re.compile("Change: contact")).first.click()
    expect(another.get_by_role("row").filter(has_text="Full name")).to_contain_text(
        "Quentin Noel Ashgrove"
    )
    another.get_by_label("Approve").check()
    another.get_by_role("button", name="Send the decision").click()
    expect(another.get_by_text("Done. It counts now.")).to_be_visible()
    another.goto("/account/contacts")
    expect(another.get_by_text("Quentin Noel Ashgrove").first).to_be_visible()


def test_an_address_is_checked_and_its_change_shown_before_it_is_sent(page: Page) -> None:
    sign_in_as(page, "Ada Lonsdale")
    page.goto("/account/addresses")
    page.get_by_role("link", name=re.compile("^Change ")).filter(
        has_not_text="company"
    ).first.click()
    page.get_by_label("Postcode").fill("nowhere")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("postcode")
    page.get_by_label("Postcode").fill("ab12de")
    page.get_by_label("Address line 1").fill("2 Elsewhere Lane")
    page.get_by_role("button", name="Continue").click()
    row = page.get_by_role("row").filter(has_text="Postcode")
    expect(row.locator("ins")).to_have_text("AB1 2DE")
    expect(row.locator("del")).to_be_visible()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("Withdrawn").first).to_be_visible()


def test_two_who_change_the_same_contact_choose_field_by_field(page: Page, another: Page) -> None:
    sign_in_as(page, "Arun Selby")
    sign_in_as(another, "Ada Lonsdale")
    change_first_contact(page, "Meeting One")
    change_first_contact(another, "Meeting Two")  # before a key of the first is kept
    page.get_by_label("Job title").fill("Head of One")
    another.get_by_role("button", name="Continue").click()
    another.get_by_role("button", name="Make this change").click()
    expect(another.get_by_text("Done. It counts now.")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(
        page.get_by_role("heading", name="Somebody changed this while you were at it")
    ).to_be_visible()
    page.get_by_label("Yours: Meeting One").check()
    page.get_by_role("button", name="Go on with these").click()
    row = page.get_by_role("row").filter(has_text="Full name")
    expect(row).to_contain_text("Meeting Two")
    expect(row).to_contain_text("Meeting One")
    expect(page.get_by_role("row").filter(has_text="Job title")).to_contain_text("Head of One")


def test_a_viewer_reads_and_cannot_change(page: Page) -> None:
    open_as(page, "Agnes Whitlow")
    expect(page.get_by_role("heading", level=1, name="ALBION POWER LTD")).to_be_visible()
    page.goto("/account/contacts")
    expect(page.get_by_text("Active 4")).to_be_visible()
    expect(page.get_by_role("link", name="Add a contact")).to_have_count(0)
    page.goto("/account/contact")
    expect(page).to_have_url(re.compile(r"/not-allowed/?\?activity=contact.prepare"))
    expect(page.get_by_text("Contacts: Prepare a change")).to_be_visible()
    expect(page.get_by_text("Ask a Category A colleague to give you this right")).to_be_visible()
    page.goto("/account/bank")
    expect(page).to_have_url(re.compile(r"/not-allowed/?(\?|$)"))
    page.goto("/market-exit")
    expect(page.get_by_text("Only a Category A signatory can propose")).to_be_visible()
    page.goto("/staff")
    expect(page).to_have_url(re.compile(r"/not-allowed/?(\?|$)"))


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
        "/account/bank",
        "/account/change",
        "/assets",
        "/market-exit",
        "/staff",
        "/staff/audit",
        "/choose-company",
    ):
        page.goto(path)
        expect(page).to_have_url(re.compile(r"/sign-in/?\?next=%2F"))

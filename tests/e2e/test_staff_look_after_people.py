"""Staff suspend a person, give a company its first Category A, and look at pages as a company."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import open_as, sign_in_as


def test_who_is_suspended_is_out_at_the_next_click(page: Page, another: Page) -> None:
    open_as(another, "Mo Adeyinka")
    open_as(page, "Parveen Maddox")
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_label("Search by name, email address, company or Party Id").fill("adeyinka")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("1 person and 0 companies.")).to_be_visible()
    page.get_by_role("link", name="Mo Adeyinka").click()
    expect(page.get_by_role("heading", level=1, name="Mo Adeyinka")).to_be_visible()
    expect(page.get_by_text("Chrome on Linux")).to_be_visible()
    page.get_by_role("button", name="Suspend this person").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a reason")
    page.get_by_label("Why?").fill("They have left the company.")
    page.get_by_role("button", name="Suspend this person").click()
    expect(page.get_by_text("They are suspended, and signed out of every browser.")).to_be_visible()
    expect(page.get_by_text("Nowhere just now.")).to_be_visible()

    another.get_by_role("link", name="Assets", exact=True).click()
    expect(another).to_have_url(re.compile("/sign-in"))

    page.get_by_label("Why?").fill("It was somebody else.")
    page.get_by_role("button", name="Let them sign in again").click()
    expect(page.get_by_text("They can sign in again.", exact=True)).to_be_visible()
    sign_in_as(another, "Mo Adeyinka")
    another.goto("/notices")
    expect(another.get_by_role("heading", name="You can sign in again")).to_be_visible()


def test_a_companys_last_category_a_is_not_suspended(page: Page) -> None:
    sign_in_as(page, "Parveen Maddox")
    page.goto("/staff/people?search=CALDER")
    page.get_by_role("link", name="Caleb Ormerod").click()
    page.get_by_label("Why?").fill("We want to see the rule.")
    page.get_by_role("button", name="Suspend this person").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "CALDER GENERATION LLP must always have a Category A signatory"
    )


def test_two_of_staff_give_a_company_its_first_category_a(page: Page, another: Page) -> None:
    sign_in_as(page, "Esther Newcombe")
    page.goto("/staff/people?search=QUAYKW")
    page.get_by_role("link", name="QUAYSIDE KILOWATT LTD").click()
    expect(page.get_by_text("Nobody signs for everything of this company yet.")).to_be_visible()
    page.get_by_label("Full name").fill("Quentin Yardley")
    page.get_by_label("Email address").fill("quentin.yardley@quaykw.example")
    page.locator("#kind-category_a").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("Another of us now asks a director of the company")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Quentin")).to_contain_text("Awaits a director")
    expect(page.get_by_role("heading", name="Confirm the first Category A")).to_have_count(0)

    sign_in_as(another, "Parveen Maddox")
    another.goto(page.url)
    another.get_by_label("Reference of the letter").fill("LET-2026-0114")
    another.get_by_role("button", name="Confirm the letter, and send the invitation").click()
    expect(another.get_by_text("The letter is confirmed")).to_be_visible()
    expect(another.get_by_role("row").filter(has_text="Quentin")).to_contain_text("Sent")
    another.goto("/development/mailbox")
    expect(another.get_by_text("quentin.yardley@quaykw.example").first).to_be_visible()


def test_a_directors_letter_stands_for_the_second_signature(page: Page, another: Page) -> None:
    sign_in_as(page, "Parveen Maddox")
    page.goto("/staff/people?search=CALDER")
    page.get_by_role("link", name="CALDER GENERATION LLP").click()
    expect(page.get_by_text("Catrin looks after our BM Units.")).to_be_visible()
    page.get_by_label("Reference of the director's letter").fill("LET-2026-0115")
    page.get_by_role("button", name="Approve by the director's letter").click()
    expect(page.get_by_text("The change is approved by the director's letter.")).to_be_visible()

    sign_in_as(another, "Caleb Ormerod")
    another.goto("/account/changes")
    another.get_by_role("link", name=re.compile("All|Done|Ended")).first.click()
    another.get_by_role("link", name=re.compile("Catrin Boothby")).first.click()
    expect(another.get_by_text("The operator, by a director's letter")).to_be_visible()


def test_two_administrators_give_a_role(page: Page, another: Page) -> None:
    sign_in_as(page, "Adam Rootley")
    page.goto("/staff/roles")
    expect(page.get_by_role("button", name="Agree")).to_have_count(0)
    sign_in_as(another, "Agatha Keyes")
    another.goto("/staff/roles")
    what = "Give Esther Newcombe the role of Participant management"
    another.get_by_role("button", name=f"Agree {what}").click()
    expect(another.get_by_text("It is so from now on.")).to_be_visible()
    expect(another.get_by_role("row").filter(has_text=what)).to_contain_text("Done")


def test_staff_look_as_a_company_and_change_nothing(page: Page) -> None:
    _look_as_albion(page)
    banner = page.get_by_label("Whose pages these are")
    expect(banner).to_contain_text("You are looking at ALBION POWER LTD as they see it")
    expect(page.get_by_text("as Viewer")).to_be_visible()
    for path in ("/account/contacts", "/account/people", "/account/audit", "/assets"):
        page.goto(path)
        expect(banner).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/account/people/invite")
    expect(page.get_by_text("A Category A colleague can invite people.")).to_be_visible()
    page.goto("/staff/audit")
    expect(page).to_have_url(re.compile("/not-allowed"))
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="Stop looking").click()
    expect(page).to_have_url(re.compile("/staff/view-as"))
    expect(banner).to_have_count(0)
    page.get_by_role("link", name="Queues").click()
    expect(page.get_by_role("heading", level=1, name="Queues")).to_be_visible()


def test_a_company_is_told_who_looked_and_reads_it_in_its_trail(page: Page, another: Page) -> None:
    _look_as_albion(page)
    sign_in_as(another, "Alice Harrowgate")
    another.goto("/notices")
    expect(another.get_by_text("Alice cannot find her contacts").first).to_be_visible()
    another.goto("/account/audit")
    row = another.get_by_role("row").filter(has_text="View as: began").first
    expect(row).to_contain_text("The operator")
    with another.expect_download() as taken:
        another.get_by_role("link", name="Download as CSV").click()
    assert "View as: began" in taken.value.path().read_text()


def _look_as_albion(page: Page) -> None:
    open_as(page, "Parveen Maddox")
    page.get_by_role("link", name="Look as").click()
    page.get_by_label("Company").fill("ALBION")
    page.get_by_label("Why do you look?").fill("too short")
    page.get_by_role("button", name="Look for 30 minutes").click()
    expect(page.get_by_role("alert")).to_contain_text("at least 20 characters")
    page.get_by_label("Why do you look?").fill("Alice cannot find her contacts")
    page.get_by_role("button", name="Look for 30 minutes").click()
    expect(page.get_by_role("heading", level=1, name="ALBION POWER LTD")).to_be_visible()


def test_the_audit_trail_is_narrowed_and_taken_along(page: Page) -> None:
    sign_in_as(page, "Audrey Checkland")
    page.goto("/staff/audit")
    page.get_by_text("More to search by").click()
    page.get_by_label("Who did it").fill("Caleb")
    page.get_by_label("Company").fill("CALDER")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("actor=Caleb"))
    expect(
        page.get_by_role("row").filter(has_text="account.signatory.change_submitted")
    ).to_have_count(1)
    for words in ("Download as CSV", "As Parquet"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=words).click()
        assert taken.value.path().stat().st_size > 100

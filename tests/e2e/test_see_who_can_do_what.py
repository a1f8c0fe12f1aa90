"""Anyone sees who may do what, today and on another date."""

from playwright.sync_api import Page, expect


def test_a_stranger_reads_who_can_do_what(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Who can do what").click()
    expect(page.get_by_role("heading", level=1, name="Who can do what")).to_be_visible()
    company = page.get_by_role("region", name="What people may do for a company")
    approve = company.get_by_role("row", name="Approve a change to a bank account")
    expect(approve).to_contain_text("Funds and bank details (N)")
    expect(approve.get_by_role("cell").nth(0)).to_have_text("–No")
    expect(approve.get_by_role("cell").nth(2)).to_have_text("Fresh sign-in")

    page.get_by_label("Day").fill("1")
    page.get_by_label("Month").fill("2")
    page.get_by_label("Year").fill("2006")
    page.get_by_role("button", name="See that date").click()
    expect(page.get_by_text("Shown: 1 Feb 2006")).to_be_visible()
    expect(page.get_by_role("cell", name="Technical assurance visits (I)")).to_be_visible()

    page.get_by_label("Month").fill("13")
    page.get_by_role("button", name="See that date").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Date must be a real date between 2001 and 2100"]
    )

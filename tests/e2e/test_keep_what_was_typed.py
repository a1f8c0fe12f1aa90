"""What was typed and not sent is there again, for whoever typed it or takes the form over."""

import re

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.people import sign_in_as
from tests.e2e.sessions import rest, sign_in_earlier
from tests.raw_socket import sign_in
from tests.served import Served

ALICE = "Alice Harrowgate"


pytestmark = pytest.mark.usefixtures("nobody_is_at_a_form")


def open_contact(page: Page) -> None:
    page.goto("/account/contacts")
    page.get_by_role("link", name=re.compile("^Change ")).filter(
        has_not_text="company"
    ).first.click()
    expect(page.get_by_role("heading", level=1, name="Change a contact")).to_be_visible()
    expect(page.get_by_label("Full name")).to_be_visible()


def type_name(page: Page, name: str) -> None:
    with page.expect_response("**/auth/drafts/*") as kept:
        page.get_by_label("Full name").fill(name)
    assert kept.value.status == 204


def test_what_was_typed_is_there_after_signing_in_again(page: Page, served: Served) -> None:
    sign_in_as(page, ALICE)
    open_contact(page)
    was = page.get_by_label("Full name").input_value()
    type_name(page, "Carola Unsent")
    rest(served, ALICE, minutes=31)
    page.reload()
    expect(page).to_have_url(re.compile(r"/sign-in/?\?next=%2Faccount%2Fcontact"))
    page.get_by_role("button", name=f"Sign in as {ALICE}", exact=True).click()
    expect(
        page.get_by_text(re.compile(r"We kept what you typed on \d+ \w+ at \d\d:\d\d"))
    ).to_be_visible()
    expect(page.get_by_label("Full name")).to_have_value("Carola Unsent")
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_label("Full name")).to_have_value(was)
    expect(page.get_by_text("We kept what you typed")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Full name")).to_have_value(was)


def test_what_was_sent_is_no_draft_any_more(page: Page) -> None:
    sign_in_as(page, ALICE)
    open_contact(page)
    page.get_by_label("Full name").fill("Carola Sent")
    where = page.url
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make this change").click()
    expect(page.get_by_text("Done. It counts now.")).to_be_visible()
    page.wait_for_timeout(2500)
    page.goto(where)
    expect(page.get_by_label("Full name")).to_have_value("Carola Sent")
    expect(page.get_by_text("We kept what you typed")).to_have_count(0)


def test_a_draft_goes_to_another_browser_but_to_nobody_else(
    page: Page, context: BrowserContext, served: Served
) -> None:
    sign_in_as(page, ALICE)
    open_contact(page)
    type_name(page, "Carola Elsewhere")
    where = page.url
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    sign_in_as(page, "Ada Lonsdale")
    page.goto(where)
    expect(page.get_by_text("Alice Harrowgate is at this form")).to_be_visible()
    assert "Carola Elsewhere" not in page.content()
    assert context.browser is not None
    other = context.browser.new_context(base_url=served.origin)
    elsewhere = other.new_page()
    sign_in_as(elsewhere, ALICE)
    elsewhere.goto(where)
    expect(elsewhere.get_by_label("Full name")).to_have_value("Carola Elsewhere")
    elsewhere.get_by_role("button", name="Start again").click()
    expect(elsewhere.get_by_text("We kept what you typed")).to_have_count(0)
    other.close()


def test_a_form_that_a_colleague_is_at_is_held_and_taken_over(page: Page, another: Page) -> None:
    sign_in_as(page, ALICE)
    open_contact(page)
    type_name(page, "Carola Begun")
    sign_in_as(another, "Arun Selby")
    another.goto(page.url)
    expect(another.get_by_text(f"{ALICE} is at this form, and typed last on")).to_be_visible()
    expect(another.get_by_label("Full name")).to_have_count(0)
    another.get_by_role("button", name="Take it over").click()
    expect(another.get_by_label("Full name")).to_have_value("Carola Begun")
    page.reload()
    expect(page.get_by_text("Arun Selby is at this form")).to_be_visible()
    another.get_by_role("button", name="Start again").click()
    expect(another.get_by_text("We kept what you typed")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Full name")).to_be_visible()


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        ("contact:x", {"organisation": "another", "fields": {}}, 409),
        ("contact:x", {"fields": {"a": "b"}}, 409),
        ("Contact", {"organisation": "", "fields": {}}, 409),
        ("contact:x", [], 400),
        ("contact:x", {}, 409),
        ("contact:x", "x" * 130_000, 413),
    ],
)
def test_a_draft_that_no_page_of_ours_sends_is_not_kept(
    served: Served, key: str, body: object, status: int
) -> None:
    address = f"{served.origin}/auth/drafts/{key}"
    cookie = sign_in(served.origin, "alice-harrowgate")
    headers = {"Cookie": f"kinnect={cookie}", "Origin": served.origin}
    assert httpx.put(address, json=body, headers=headers).status_code == status
    assert httpx.put(address, json=body, headers={"Cookie": headers["Cookie"]}).status_code == 403


def test_what_was_typed_stands_there_after_a_fresh_sign_in_was_asked_for(
    page: Page, served: Served
) -> None:
    sign_in_as(page, ALICE)
    page.goto("/market-exit")
    with page.expect_response("**/auth/drafts/market-exit"):
        page.get_by_label("Why does the company leave?").fill("We are sold")
        page.locator("#withdrawal_date_day").fill("31")
    sign_in_earlier(served, ALICE, minutes=6)
    page.get_by_role("button", name="Propose this date").click()
    page.get_by_role("button", name=f"Sign in again as {ALICE}").click()
    expect(page).to_have_url(re.compile("/market-exit/?$"))
    expect(page.get_by_label("Why does the company leave?")).to_have_value("We are sold")
    expect(page.locator("#withdrawal_date_day")).to_have_value("31")
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_label("Why does the company leave?")).to_have_value("")

    page.goto("/account/people/invite")
    page.get_by_label("Full name").fill("Nora Unsent")
    with page.expect_response("**/auth/drafts/invite"):
        page.locator("#kind-signatory").check()
        page.get_by_label("BM Units (F)").check()
    sign_in_earlier(served, ALICE, minutes=6)
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_role("button", name=f"Sign in again as {ALICE}").click()
    expect(page.get_by_label("Full name")).to_have_value("Nora Unsent")
    expect(page.get_by_label("BM Units (F)")).to_be_checked()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_label("Full name")).to_have_value("")

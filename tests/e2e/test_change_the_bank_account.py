"""A bank account changes by four people, and a change that nobody expects is stopped."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import sign_in_as

NUMBER = "00012349"


pytestmark = pytest.mark.usefixtures("nobody_is_at_a_form")


@pytest.fixture
def heard(page: Page) -> list[str]:
    """Everything that goes to the browser over a websocket."""
    frames: list[str] = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda one: frames.append(str(one)))
    )
    return frames


def ask_for(page: Page, purpose: str, *, number: str = NUMBER) -> None:
    page.goto(f"/account/bank-account?id={purpose}")
    page.get_by_label("Where is the account held?").select_option("GB")
    page.get_by_label("Name on the account").fill("ALBION POWER LTD")
    page.get_by_label("Sort code").fill("99-03-04")
    page.get_by_label("Account number").fill(number)
    page.get_by_label("Why? (optional)").fill("We changed banks")
    page.get_by_role("button", name="Continue").click()


def test_a_bank_account_is_changed_by_four_people(page: Page, another: Page, heard) -> None:
    sign_in_as(page, "Arun Selby")
    ask_for(page, "trading_charges", number="00012340")
    expect(page.get_by_role("alert")).to_contain_text("do not match each other")
    page.get_by_label("Sort code").fill("99-03-04")
    page.get_by_label("Account number").fill(NUMBER)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("••••2349").first).to_be_visible()
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()
    assert not [frame for frame in heard if NUMBER in frame]
    assert NUMBER not in page.content()

    a_colleague_approves(another)
    staff_call_back_and_another_puts_it_to_use(another)

    page.goto("/account/bank?tab=future")
    expect(page.get_by_text("Waits for its date")).to_be_visible()
    expect(page.get_by_text("••••2349")).to_be_visible()


def a_colleague_approves(another: Page) -> None:
    sign_in_as(another, "Nora Whinfell")
    another.goto("/account/changes?tab=for-me")
    another.get_by_role("link", name=re.compile("bank account")).first.click()
    another.get_by_label("Approve").check()
    another.get_by_role("button", name="Send the decision").click()
    expect(another.get_by_text("Approved. We call a number that we hold already.")).to_be_visible()


def staff_call_back_and_another_puts_it_to_use(another: Page) -> None:
    sign_in_as(another, "Silas Okoro")
    another.goto("/staff/bank")
    another.get_by_role("link", name="ALBION POWER LTD").first.click()
    expect(another.get_by_text("+44").or_(another.get_by_text("01632")).first).to_be_visible()
    another.get_by_label("Yes, they expect this change").check()
    another.get_by_role("button", name="Keep this").click()
    expect(another.get_by_role("alert")).to_contain_text("Enter whom you spoke to")
    another.get_by_label("Whom did you speak to").fill("Ewan Farrowby, who expects it")
    another.get_by_role("button", name="Keep this").click()
    expect(another.get_by_text(re.compile("waits to be put to use"))).to_be_visible()
    another.get_by_role("link", name="ALBION POWER LTD").first.click()
    expect(another.get_by_text("You had a part in this already.")).to_be_visible()

    sign_in_as(another, "Maud Ellerker")
    another.goto("/staff/bank")
    another.get_by_role("link", name="ALBION POWER LTD").first.click()
    another.get_by_role("button", name="Agree to put it to use").click()
    expect(another.get_by_text(re.compile("agreed, waits for its date"))).to_be_visible()


def test_a_change_that_nobody_expects_is_stopped(page: Page, another: Page) -> None:
    sign_in_as(page, "Arun Selby")
    ask_for(page, "bsc_charges")
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()
    sign_in_as(another, "Alice Harrowgate")
    another.goto("/account/changes?tab=for-me")
    another.get_by_role("link", name=re.compile("bank account")).first.click()
    another.get_by_label("Why?").last.fill("We did not ask for this")
    another.get_by_role("button", name="Stop this change").click()
    expect(another.get_by_text("Stopped", exact=True).first).to_be_visible()
    page.reload()
    expect(page.get_by_text("We did not ask for this").first).to_be_visible()

"""The publisher corrects a row and closes a dataset: each time another person must agree."""

import re

import httpx
from playwright.sync_api import Page, expect

from kinnect_app import routes
from tests.e2e.people import sign_in_as
from tests.served import Served

DAY = "2026-10-25"
WHY = "It is being checked against the operator's own record"


def sent_by(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send for approval").click()
    expect(page.get_by_text("Sent. A colleague who may approve it has been told.")).to_be_visible()


def approve(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Approve").check()
    page.get_by_role("button", name="Send the decision").click()
    expect(page.get_by_text("Done. It counts now.")).to_be_visible()


def propose(page: Page, choice: str) -> None:
    page.goto("/staff/publishing-setting?id=loss_of_load")
    page.get_by_role("radio", name=re.compile(f"^{choice}")).check()
    if choice == "Closed":
        page.get_by_label("Why is it closed?").fill(WHY)
    sent_by(page)


def test_a_row_is_corrected_and_a_dataset_closed_by_two_people(
    page: Page, another: Page, served: Served
) -> None:
    sign_in_as(page, "Isla Webberley")
    sign_in_as(another, "Adam Rootley")
    page.goto(f"/staff/correction?dataset=loss_of_load&on={DAY}&period=3")
    box = page.get_by_label(re.compile("Settlement Period 3.*probability", re.IGNORECASE)).first
    box.fill("7")
    page.get_by_label("Why are these values wrong?").fill("It was rounded")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("it must be between 0 and 1")
    box.fill("0.25")
    sent_by(page)
    approve(another, page.url)
    page.goto(f"/staff/correction?dataset=loss_of_load&on={DAY}&period=3")
    expect(box).to_have_value("0.25")

    propose(page, "Closed")
    approve(another, page.url)
    try:
        sql = {"sql": "SELECT * FROM loss_of_load"}
        refused = httpx.get(f"{served.origin}/api/v1/insights/query", params=sql)
        assert refused.status_code == 400
        assert WHY in refused.text
        another.goto(routes.DATA.path)
        expect(another.get_by_text(WHY)).to_be_visible()
    finally:
        propose(page, "Open")
        approve(another, page.url)
    assert httpx.get(f"{served.origin}/api/v1/insights/query", params=sql).status_code == 200

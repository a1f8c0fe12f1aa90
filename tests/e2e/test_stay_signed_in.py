"""A sign-in rests, warns, ends and is gone back from."""

import re
import time
from datetime import timedelta

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.doors import STATE, name_of
from tests.e2e.people import sign_in_as
from tests.e2e.sessions import begin_earlier, last_seen, rest, sign_in_earlier
from tests.e2e.test_everyone_can_use_it import serious
from tests.raw_socket import raw_socket, sign_in
from tests.served import Served

ALICE = "Alice Harrowgate"


pytestmark = pytest.mark.usefixtures("nobody_is_at_a_form")


def open_and_settle(page: Page, path: str) -> None:
    """Open a page, and wait until it has asked how long the sign-in lasts."""
    with page.expect_response("**/auth/session"):
        page.goto(path)


def look_now(page: Page) -> None:
    """As when one comes back to the tab."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_sign_in_that_rests_warns_and_goes_on_when_asked(page: Page, served: Served) -> None:
    sign_in_as(page, ALICE)
    open_and_settle(page, "/account")
    page.get_by_role("link", name="Assets", exact=True).focus()
    rest(served, ALICE, minutes=28, seconds=20)
    look_now(page)
    dialog = page.get_by_role("alertdialog", name="Are you still there?")
    expect(dialog).to_contain_text(re.compile(r"you will be signed out at \d\d:\d\d\."))
    expect(dialog.get_by_role("button", name="Stay signed in")).to_be_focused()
    assert serious(page) == []
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button", name="Sign out")).to_be_focused()
    with page.expect_response("**/auth/session/extend"):
        page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="Assets", exact=True)).to_be_focused()
    assert last_seen(served, ALICE).total_seconds() < 60


def test_to_go_on_in_one_tab_is_to_go_on_in_all(
    page: Page, context: BrowserContext, served: Served
) -> None:
    sign_in_as(page, ALICE)
    second = context.new_page()
    for tab in (page, second):
        open_and_settle(tab, "/account")
    rest(served, ALICE, minutes=29)
    for tab in (page, second):
        look_now(tab)
        expect(tab.get_by_role("alertdialog")).to_be_visible()
    second.get_by_role("button", name="Stay signed in").click()
    expect(second.get_by_role("alertdialog")).to_have_count(0)
    expect(page.get_by_role("alertdialog")).to_have_count(0, timeout=15_000)


def test_a_sign_in_that_rests_too_long_ends_and_is_gone_back_from(
    page: Page, served: Served
) -> None:
    sign_in_as(page, ALICE)
    open_and_settle(page, "/assets?page=2")
    rest(served, ALICE, minutes=29, seconds=57)
    look_now(page)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/sign-in/\?why=timed_out&next=%2Fassets%2F?%3Fpage%3D2"))
    expect(page.get_by_text("For your security you were signed out")).to_be_visible()
    page.get_by_role("button", name=f"Sign in as {ALICE}", exact=True).click()
    expect(page).to_have_url(re.compile(r"/assets/?\?page=2$"))


def test_signing_out_from_the_warning(page: Page, served: Served) -> None:
    sign_in_as(page, ALICE)
    open_and_settle(page, "/account")
    rest(served, ALICE, minutes=29)
    look_now(page)
    page.get_by_role("alertdialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()


def test_a_long_day_ends_and_no_button_makes_it_longer(page: Page, served: Served) -> None:
    sign_in_as(page, ALICE)
    open_and_settle(page, "/account")
    begin_earlier(served, ALICE, hours=11, minutes=59)
    look_now(page)
    dialog = page.get_by_role("alertdialog")
    dialog.get_by_role("button", name="Go on until then").click()
    expect(dialog).to_have_count(0)
    begin_earlier(served, ALICE, hours=12, seconds=1)
    look_now(page)
    expect(page).to_have_url(re.compile("/sign-in/.why=timed_out"))


def test_to_ask_how_long_it_lasts_keeps_nothing_alive(served: Served) -> None:
    cookie = sign_in(served.origin, "alice-harrowgate")
    rest(served, ALICE, minutes=20)
    headers = {"Cookie": f"kinnect={cookie}", "Origin": served.origin}
    told = httpx.get(f"{served.origin}/auth/session", headers=headers)
    assert told.headers["cache-control"] == "no-store"
    assert told.json()["signed_in"]
    assert 590 <= told.json()["idle_seconds"] <= 600
    assert last_seen(served, ALICE).total_seconds() > 1100
    extended = httpx.post(f"{served.origin}/auth/session/extend", headers=headers)
    assert extended.json()["idle_seconds"] > 1700
    assert httpx.get(f"{served.origin}/auth/session").json() == {"signed_in": False}


def test_a_page_that_looks_by_itself_keeps_nothing_alive(served: Served) -> None:
    with raw_socket(served.origin, cookie=sign_in(served.origin, "alice-harrowgate")) as socket:
        socket.send(f"{STATE}.hydrate")
        rest(served, ALICE, minutes=20)
        assert socket.send(name_of("price_stack_state.refresh"), wait=2)
        assert last_seen(served, ALICE) > timedelta(minutes=19)
        socket.post(name_of("account____account_state.load"))
        until = time.monotonic() + 10
        while last_seen(served, ALICE) > timedelta(minutes=1):
            assert time.monotonic() < until
            time.sleep(0.1)


def test_signing_in_again_in_one_tab_and_going_on_in_another(
    page: Page, context: BrowserContext, served: Served
) -> None:
    sign_in_as(page, ALICE)
    second = context.new_page()
    second.goto("/account")
    expect(second.get_by_role("heading", level=1, name="ALBION POWER LTD")).to_be_visible()
    sign_in_earlier(served, ALICE, minutes=6)
    page.goto("/sign-in-again?next=/market-exit")
    expect(page.get_by_text("You go on to Leave the market")).to_be_visible()
    page.get_by_role("button", name=f"Sign in again as {ALICE}").click()
    expect(page).to_have_url(re.compile("/market-exit/?$"))
    expect(page.get_by_text("ALBION POWER LTD").first).to_be_visible()
    second.get_by_role("link", name="Assets", exact=True).click()
    expect(second).to_have_url(re.compile("/assets/?$"))
    expect(second.get_by_text("ALBION POWER LTD").first).to_be_visible()
    expect(second.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_gravest_things_ask_for_a_fresh_sign_in_and_are_gone_back_to(
    page: Page, served: Served
) -> None:
    sign_in_as(page, ALICE)
    page.goto("/market-exit")
    expect(page.get_by_label("Why does the company leave?")).to_be_visible()
    sign_in_earlier(served, ALICE, minutes=6)
    page.get_by_role("button", name="Propose this date").click()
    expect(page).to_have_url(re.compile(r"/sign-in-again/?\?next=%2Fmarket-exit"))
    expect(page.get_by_text("For the next 5 minutes you are not asked again.")).to_be_visible()
    page.get_by_role("button", name=f"Sign in again as {ALICE}").click()
    expect(page).to_have_url(re.compile("/market-exit/?$"))
    page.get_by_role("button", name="Propose this date").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()


def test_whoever_is_signed_out_signs_in_and_not_again(page: Page) -> None:
    page.goto("/sign-in-again?next=/market-exit")
    expect(page).to_have_url(re.compile(r"/sign-in/?\?next=%2Fmarket-exit"))


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/%5Cevil.example"])
def test_no_way_back_leads_to_another_site(page: Page, served: Served, wanted: str) -> None:
    page.goto(f"/sign-in?next={wanted}")
    page.get_by_role("button", name=f"Sign in as {ALICE}", exact=True).click()
    expect(page).to_have_url(re.compile(rf"^{served.origin}/account/?$"))

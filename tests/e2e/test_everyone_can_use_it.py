"""Axe on every page, by role, in light and dark; narrow screens; a journey by keyboard alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Route as Asked

from kinnect_app import routes
from kinnect_app.routes import Audience, Route
from tests.e2e.accessibility import serious
from tests.e2e.people import sign_in_as
from tests.served import Served

PEOPLE = {
    Audience.ANYONE: "",
    Audience.PEOPLE: "Alice Harrowgate",
    Audience.STAFF: "Audrey Checkland",
}
WIDE = {"width": 1280, "height": 900}
NARROW = (768, 390, 320)
PARTS = 2
"""Each kind of page is gone through in so many tests, for two at once."""

ALL = [route for route in vars(routes).values() if isinstance(route, Route)]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("audience", Audience)
def test_no_page_has_a_serious_fault_or_scrolls_sideways(
    served: Served, browser: Browser, audience: Audience, part: int
) -> None:
    """Each page is opened once: axe in light and in dark, then narrower and narrower."""
    context = browser.new_context(base_url=served.origin, viewport=WIDE)
    page = context.new_page()
    if PEOPLE[audience]:
        sign_in_as(page, PEOPLE[audience])
    faults: dict[str, list[str]] = {}
    for route in [route for route in ALL if route.audience is audience][part::PARTS]:
        page.set_viewport_size(WIDE)
        page.goto(route.path)
        expect(page.locator("main h1, main .k-empty, main .k-soft").first).to_be_visible()
        faults[route.path] = serious(page)
        faults[f"{route.path} narrow"] = [
            f"wider than {width} px" for width in NARROW if is_wider_than(page, width)
        ]
    context.close()
    assert {path: found for path, found in faults.items() if found} == {}


def test_a_picture_without_words_is_found(page: Page) -> None:
    page.set_content(
        "<html lang=en><title>A page</title><main><img src=/favicon.svg></main></html>"
    )
    assert [fault for fault in serious(page) if "image-alt" in fault]


def is_wider_than(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(40)
    return page.evaluate("document.documentElement.scrollWidth") > width


def test_a_form_full_of_problems_has_no_serious_fault(page: Page) -> None:
    page.goto("/market-entry")
    page.get_by_role("button", name="Send your expression of interest").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert serious(page) == []


def test_an_interest_is_sent_by_keyboard_alone(page: Page) -> None:
    page.goto("/market-entry")
    expect(page.get_by_role("heading", name="Join the market")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_label("An organisation")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("An organisation")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Keyboard Power Limited")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("01234567")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(11):
        page.keyboard.press("Tab")
    for typed in ("1", "9", "2027"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    for typed in ("", "Kay Boardman", "", "kay@keyboard.example", "01632 960 001"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"^EOI-\d{4}-\d{6}$"))).to_be_visible()


def test_a_link_of_the_error_summary_leads_to_its_question(page: Page) -> None:
    page.goto("/market-entry")
    page.get_by_role("button", name="Send your expression of interest").click()
    page.get_by_role("link", name="Enter your full name").click()
    expect(page.locator("[name=contact_name]")).to_be_focused()
    page.get_by_role("link", name="Select at least one role").click()
    expect(page.get_by_label("Supplier")).to_be_focused()


def test_what_is_sent_or_typed_before_the_page_is_alive_is_not_lost(page: Page) -> None:
    def begin(address: str, typed: str) -> None:
        page.goto(address, wait_until="commit")
        page.locator("[name=search]").fill(typed)

    with held_back(page):
        begin("/insights/units", "Arkleby")
        page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("4 BM Units.")).to_be_visible()
    expect(page.locator("[name=search]")).to_have_value("Arkleby")
    page.goto("/insights/units?search=Brigg")
    expect(page.locator("[name=search]")).to_have_value("Brigg")
    page.goto("/insights/units?id=T_ARKLB-2")
    expect(page.get_by_role("heading", name="Arkleby Marsh 2")).to_be_visible()
    with held_back(page):
        begin("/insights/units", "marsh")  # in a tab that has searched, and shown a unit
    expect(page.get_by_text("the first 60 are shown")).to_be_visible()
    expect(page.locator("[name=search]")).to_have_value("marsh")


@contextmanager
def held_back(page: Page) -> Iterator[None]:
    """Until the end of this the page is drawn, but not alive: its programs do not come."""
    held: list[Asked] = []
    is_over = False

    def hold(asked: Asked) -> None:
        if is_over:
            asked.continue_()
        else:
            held.append(asked)

    page.route(re.compile(r"/assets/.*\.js$"), hold)
    yield
    assert held
    is_over = True
    for asked in held:
        asked.continue_()

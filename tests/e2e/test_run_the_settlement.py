"""Staff settle a day again and a second person publishes it; then everybody sees the new run."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.accessibility import serious
from tests.e2e.people import open_as, sign_in_as
from tests.raw_socket import raw_socket, sign_in
from tests.served import Served

ASKS, PUBLISHES, LOOKS = "Silas Okoro", "Maud Ellerker", "Audrey Checkland"
DAY, SPOKEN = "2026-10-21", "21 Oct 2026"
STATE = "reflex___state____state"
SCREEN = "state___ui___staff___run____one_run_state"


@pytest.fixture
def second(served: Served, browser: Browser) -> Iterator[Page]:
    """The browser of the second person."""
    context = browser.new_context(base_url=served.origin, locale="en-GB")
    yield context.new_page()
    context.close()


def test_staff_ask_watch_and_publish_with_four_eyes(
    served: Served, page: Page, second: Page
) -> None:
    open_as(page, ASKS)
    page.get_by_role("link", name="Runs").first.click()
    expect(page.get_by_role("heading", level=1, name="Settlement runs")).to_be_visible()
    _refused_with_every_reason(page)
    _watched_until_computed(page)

    expect(page.get_by_text("another person must publish it")).to_be_visible()
    expect(page.get_by_role("button", name="Publish this run")).to_have_count(0)
    _refused_by_the_service(served, page.url)

    sign_in_as(second, PUBLISHES)
    second.goto("/staff/runs")
    row = second.get_by_role("row").filter(has_text=SPOKEN)
    expect(row).to_contain_text("To publish")
    row.get_by_role("link").click()
    _published_by_keyboard(second)

    page.goto(f"/insights/price-stack?date={DAY}&period=20")
    history = page.get_by_role("table", name="Every price that was published for this period")
    expect(history.get_by_role("row")).to_have_count(4)
    expect(history.get_by_role("row").nth(1)).to_contain_text("Initial Settlement (SF) In force")

    sign_in_as(second, "Alice Harrowgate")
    second.goto(f"/settlement/day?date={DAY}")
    expect(second.locator(".k-day-run")).to_contain_text("Initial Settlement (SF)")
    runs = second.get_by_role("navigation", name="Run", exact=True).get_by_role("link")
    expect(runs).to_have_count(3)


def _refused_with_every_reason(page: Page) -> None:
    """What was typed stays, every problem is said, and the summary has the focus."""
    page.get_by_label("Day").fill("21")
    page.get_by_label("Month").fill("13")
    page.get_by_role("button", name="Ask for this run").click()
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary.get_by_role("listitem")).to_have_count(3)
    expect(summary).to_be_focused()
    expect(page.get_by_label("Day")).to_have_value("21")
    page.get_by_label("Month").fill("10")
    page.get_by_label("Year").fill("2026")
    page.get_by_label("Interim Information (II)").check()
    page.get_by_label("Why?").fill("A dispute of the demo market")
    page.get_by_role("button", name="Ask for this run").click()
    expect(summary).to_contain_text("a run of II is too late")
    expect(summary.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_label("Why?")).to_have_value("A dispute of the demo market")
    expect(page.get_by_label("Interim Information (II)")).to_be_checked()


def _watched_until_computed(page: Page) -> None:
    """Nothing is reloaded: the page would forget what is written on its window."""
    page.evaluate("window.isStillHere = true")
    page.get_by_label("Initial Settlement (SF)").check()
    page.get_by_role("button", name="Ask for this run").click()
    expect(page.get_by_role("heading", level=1, name=f"Settlement Date {SPOKEN}")).to_be_visible()
    expect(page.get_by_text("Initial Settlement (SF), run 2")).to_be_visible()
    here = page.get_by_label("Progress of the run").locator("[aria-current=step]")
    expect(here).to_contain_text("Computed", timeout=20_000)
    expect(page.get_by_text("The riskiest stage is")).to_be_visible()
    assert page.evaluate("window.isStillHere") is True
    with page.expect_download() as kept:
        page.get_by_role("link", name="S0142 to the System Operator").click()
    assert kept.value.path().read_text(encoding="ascii").startswith("AAA|S0142013|")


def _refused_by_the_service(served: Served, address: str) -> None:
    """Whoever asked has no button, and calling the handler without one does not help."""
    path = address.removeprefix(served.origin)
    for person, said in (
        ("silas-okoro", "another person must publish it"),
        ("audrey-checkland", "/not-allowed"),
        ("alice-harrowgate", "/not-allowed"),
    ):
        with raw_socket(served.origin, cookie=sign_in(served.origin, person)) as socket:
            socket.send(f"{STATE}.hydrate")
            socket.send(f"{STATE}.{SCREEN}.look", path=path)
            assert said in json.dumps(socket.send(f"{STATE}.{SCREEN}.publish", path=path))


def _published_by_keyboard(page: Page) -> None:
    expect(page.get_by_role("button", name="Publish this run")).to_be_visible()
    page.get_by_role("link", name="← Settlement runs").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Publish this run")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is published")).to_contain_text(
        f"Initial Settlement (SF) of {SPOKEN}, run 2 is published."
    )
    expect(page.locator(".k-page-header .k-tag")).to_have_text("Published")
    expect(page.get_by_role("button", name="Publish this run")).to_have_count(0)


def test_an_auditor_sees_it_all_without_a_button_and_without_a_fault(
    served: Served, browser: Browser
) -> None:
    context = browser.new_context(base_url=served.origin)
    page = context.new_page()
    sign_in_as(page, LOOKS)
    page.goto("/staff/runs?show=done")
    expect(page.get_by_role("table", name="Timetable of Settlement Runs")).to_be_visible()
    expect(page.get_by_role("button", name="Ask for this run")).to_have_count(0)
    faults = {"runs": serious(page)}
    row = page.get_by_role("row").filter(has_text=re.compile(r"SF"))
    row.first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Where the time went")).to_be_visible()
    page.locator("summary", has_text="quantities worked out").click()
    assert page.locator("main button").count() == 0
    faults["run"] = serious(page)
    charged = page.get_by_role("table", name="Charges of each Party").get_by_role("row").nth(1)
    net = charged.get_by_role("strong").inner_text().removeprefix("−")
    charged.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="Daily Party Charges")).to_be_visible()
    expect(page.locator(".k-headline")).to_contain_text(net)
    faults["explanation"] = serious(page)
    page.get_by_role("link", name=re.compile("explain this Party Cashflow")).first.click()
    expect(page.get_by_role("heading", level=1, name="Party Cashflow")).to_be_visible()
    page.get_by_role("navigation", name="The way here").get_by_role("link").first.click()
    page.get_by_role("link", name="See the differences").click()
    expect(page.get_by_role("heading", name="By charge")).to_be_visible()
    faults["comparison"] = serious(page)
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("person", ["", "Alice Harrowgate", "Esther Newcombe"])
def test_nobody_else_opens_the_runs(page: Page, person: str) -> None:
    if person:
        sign_in_as(page, person)
    screens = ("", "/run?run=x", "/compare?before=x&after=y", "/explain?run=x")
    for path in (f"/staff/runs{screen}" for screen in screens):
        page.goto(path)
        expect(page).to_have_url(re.compile("/not-allowed" if person else "/sign-in"))

"""A reader looks at demand over time, and compares a forecast with what it was and what came."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_a_view_is_drawn_with_its_table_and_its_permalink(page: Page) -> None:
    page.goto("/insights/series?view=demand&date=2026-10-23")
    expect(page.get_by_role("heading", name="Demand and forecasts")).to_be_visible()
    values = page.get_by_role("region", name="Demand and forecasts: values")
    expect(values.get_by_role("button", name="National demand MW")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    table = page.get_by_role("table", name=re.compile("Demand and forecasts"))
    expect(
        table.get_by_role("columnheader", name="National demand (MW)", exact=True)
    ).to_be_visible()
    page.get_by_role("link", name="System frequency").click()
    expect(page.get_by_role("heading", name="System frequency")).to_be_visible()
    expect(page.get_by_role("button", name="System frequency Hz")).to_be_visible()


def test_two_series_are_compared_one_as_it_was_known(page: Page) -> None:
    page.goto("/insights/series?view=compare")
    page.get_by_label("First series").select_option("National demand")
    page.get_by_label("Second series").select_option("National demand forecast")
    page.get_by_label(re.compile("as it was known")).fill("2026-10-22T10:00")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile("series=national_demand"))
    expect(
        page.get_by_role("button", name=re.compile("as known 22 Oct 2026 10:00"))
    ).to_be_visible()
    expect(page.get_by_label("First series")).to_have_value("national_demand.demand_mw")


def zoom_both_and_come_back_by_link(page: Page) -> None:
    whole = stretches(page)
    page.get_by_role("button", name="Zoom in").first.click()
    expect_stretches(page, lambda now: now[0] == now[1] != whole[0])  # and one stretch of time
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    near = stretches(page)
    page.get_by_role("button", name="Link").first.click()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(".k-chart[data-status=ready]")).to_have_count(2)
    expect_stretches(page, lambda now: now == near)
    page.get_by_role("button", name="Reset").first.click()
    expect_stretches(page, lambda now: now == whole)


def stretches(page: Page) -> list[list[int]]:
    """From when to when each chart shows, in minutes, as the addresses of their CSV say."""
    return page.locator("figure.k-chart a[download]").evaluate_all(
        """links => links.map(link => {
            const asked = new URL(link.href).searchParams;
            return ["from", "to"].map(name => Math.round(Date.parse(asked.get(name)) / 60000));
        })"""
    )


def expect_stretches(page: Page, are: Callable[[list[list[int]]], bool]) -> None:
    for _ in range(50):
        if are(stretches(page)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the charts show {stretches(page)}")


def test_an_address_of_no_series_says_so(page: Page) -> None:
    page.goto("/insights/series?series=nothing.here")
    expect(page.get_by_text("There is no dataset nothing that can be drawn.")).to_be_visible()


def test_from_the_register_to_a_unit_s_day_and_its_outages(page: Page) -> None:
    page.goto("/insights/units")
    page.get_by_label("Search by any id, name or company").fill("Arkleby")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("4 BM Units.")).to_be_visible()
    page.get_by_role("link", name="T_ARKLB-2").click()
    expect(page.get_by_role("heading", name="Arkleby Marsh 2")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Physical notifications"))).to_be_visible()
    expect(page.get_by_role("table", name="Acceptances of the day")).to_be_visible()
    page.goto("/insights/units")
    expect(page.get_by_text("the first 60 are shown")).to_be_visible()
    page.get_by_label("Search by any id, name or company").fill("arklb-2")  # its short id
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("id=T_ARKLB-2"))
    expect(page.locator(".k-chart[data-status=ready]")).to_have_count(2)
    page.get_by_role("application").first.press("ArrowLeft")
    expect(page.locator(".k-cross")).to_have_count(2)  # one crosshair through both charts
    zoom_both_and_come_back_by_link(page)
    page.get_by_role("link", name="Every unit's actions of this day").click()
    filter_by = page.get_by_label("Filter by unit, name, company or fuel")
    filter_by.fill("arkleby marsh 2")
    expect(page.get_by_role("link", name="T_ARKLB-2")).to_be_visible()
    expect(page.get_by_role("link", name="T_ARKLB-4")).to_be_hidden()
    page.goto("/insights/outages?date=2026-10-20")
    expect(page.get_by_text(re.compile(r"\d+ outages touch these days"))).to_be_visible()
    page.get_by_role("navigation", name="Fuel").get_by_role("link").nth(1).click()
    expect(page).to_have_url(re.compile("fuel="))
    page.goto("/insights/units?id=T_NOBODY")
    expect(page.get_by_text("The register has no BM Unit T_NOBODY.")).to_be_visible()

"""A reader has the overview open: it renews itself in place, and any moment has a link."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.served import Served


def test_the_overview_renews_itself_in_place_and_keeps_its_moment(
    page: Page, served: Served, tmp_path: Path
) -> None:
    page.goto("/insights")
    frequency = page.get_by_role("article").filter(has=page.get_by_role("link", name="Frequency"))
    expect(frequency.locator(".k-now-tile-value")).to_contain_text(" Hz")
    expect(page.get_by_role("table", name="Flow over each interconnector now")).to_be_visible()
    expect(page.get_by_role("heading", name="Largest outages")).to_be_visible()
    frequency.evaluate("tile => tile.setAttribute('data-seen', 'before')")
    page.wait_for_timeout(500)  # the connection for news opens
    given = tmp_path / "given.json"
    row = {"dataset": "FREQ", "measurementTime": "2026-10-27T00:00:00Z", "frequency": 49.703}
    given.write_text(json.dumps({"data": [row]}))
    done = served.kinnect("ingest", "dataset", "FREQ", str(given))
    assert done.returncode == 0, done.stdout + done.stderr
    expect(frequency).to_contain_text("49.703")
    expect(frequency).to_contain_text("Outside the usual 49.8 to 50.2")
    expect(frequency).to_have_attribute("data-seen", "before")  # the same tile: nothing flickered
    page.get_by_role("button", name="Table").click()
    table = page.get_by_role("table", name="The market now, every figure")
    expect(table.get_by_role("row", name="System frequency 49.703 Hz")).to_be_visible()
    page.goto("/insights?at=2026-10-25T17:30Z")
    expect(page.get_by_text("As it was: Sun 25 Oct 2026, 17:30 GMT")).to_be_visible()
    expect(page.get_by_role("link", name="Newest")).to_be_visible()

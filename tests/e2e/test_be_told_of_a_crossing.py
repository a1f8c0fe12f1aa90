"""Draw a line on a public figure, and be told behind the bell when data cross it."""

import json
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.e2e.people import sign_in_as
from tests.served import Served

NOW = datetime.now(UTC)  # noqa: TID251  # the served app's own clock
TEMPERATURE = "temperature.temperature_celsius"


def test_a_crossing_is_told_behind_the_bell_once_data_have_come(page: Page, served: Served) -> None:
    page.goto("/insights/system-price")
    page.get_by_role("link", name="Tell me when").click()
    expect(page.get_by_text("You asked about: System price")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in to set an alert")).to_be_visible()
    sign_in_as(page, "Bridget Fairweather-Lowe")
    page.goto(f"/insights/alerts?series={TEMPERATURE}")
    page.get_by_label("the line").fill("warm")
    page.get_by_role("button", name="Set the alert", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the line as a number")
    page.get_by_label("the line").fill("30")
    page.get_by_role("button", name="Set the alert", exact=True).click()
    card = page.get_by_role("listitem").filter(has_text="is above 30")
    expect(card).to_contain_text("Has not told you yet")
    row = {
        "measurementDate": NOW.date().isoformat(),
        "publishTime": NOW.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "temperature": 31.5,
        "temperatureReferenceAverage": 9.0,
        "temperatureReferenceHigh": 12.0,
        "temperatureReferenceLow": 5.0,
    }
    file = served.data / "hot.json"
    file.write_text(json.dumps([row]))
    done = served.kinnect("ingest", "dataset", "TEMP", str(file))
    assert done.returncode == 0, done.stdout
    page.wait_for_timeout(3000)  # the worker looks every two seconds
    page.goto("/notices")
    expect(page.get_by_text("you asked to be told when it is above 30 °C")).to_be_visible()
    page.goto("/insights/alerts")
    card = page.get_by_role("listitem").filter(has_text="is above 30")
    expect(card).to_contain_text("it reached 31.5 °C")
    card.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have no alert yet.")).to_be_visible()

"""The market's data grows while it is read: years of it, a new half-hour, a new fuel."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.charts import asked, open_chart, pounds, table_cells
from tests.served import Served, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An app of these tests' own: what they take in, nobody else sees."""
    with serving(tmp_path_factory.mktemp("growing")) as running:
        yield running


@pytest.fixture(scope="module")
def nine_years(served: Served, tmp_path_factory: pytest.TempPathFactory) -> datetime:
    """Nine flat years with one half-hour of £4,000, in the middle of all that is held."""
    first = datetime(2015, 12, 31, tzinfo=UTC)
    last_held = datetime(2026, 10, 26, 23, 30, tzinfo=UTC)
    spike = first + ((last_held - first) / 2 // timedelta(minutes=30)) * timedelta(minutes=30)
    starts = pl.datetime_range(
        first, first + timedelta(days=9 * 365), "30m", eager=True, time_zone="UTC"
    )
    price = pl.when(pl.col("startTime") == spike).then(4000.0).otherwise(40.0)
    london = pl.col("startTime").dt.convert_time_zone("Europe/London")
    midnight = london.dt.truncate("1d").dt.convert_time_zone("UTC")
    prices = tmp_path_factory.mktemp("prices") / "prices.parquet"
    pl.DataFrame({"startTime": starts}).with_columns(
        settlementDate=london.dt.date(),
        settlementPeriod=(pl.col("startTime") - midnight).dt.total_minutes() // 30 + 1,
        systemBuyPrice=price,
        systemSellPrice=price,
        netImbalanceVolume=pl.lit(120.5),
    ).write_parquet(prices)
    done = served.kinnect("ingest", "system-prices", str(prices))
    assert done.returncode == 0, done.stdout + done.stderr
    return spike


def zoom_in(page: Page, turns: int) -> None:
    for _ in range(turns):
        page.mouse.wheel(0, -400)
        page.wait_for_timeout(40)


def take_in(served: Served, folder: Path, feed: str, rows: list[dict[str, Any]]) -> None:
    path = folder / "given.json"
    path.write_text(json.dumps({"data": rows}))
    done = served.kinnect("ingest", feed, str(path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("nine_years")
def test_everything_ends_with_the_true_last_half_hour(page: Page, served: Served) -> None:
    last = asked(served, "/system-prices")
    open_chart(page, "/insights/system-price?range=all")
    expect(page.locator(".k-readout-moment")).to_contain_text("Latest: ")
    expect(page.locator(".k-readout")).to_contain_text(pounds(last["system_price"][-1]))


@pytest.mark.usefixtures("nine_years")
def test_a_spike_of_one_half_hour_stays_in_sight_from_a_decade_down_to_a_day(page: Page) -> None:
    open_chart(page, "/insights/system-price?range=all")
    plot = page.get_by_role("application")
    expect(plot).to_have_attribute("aria-label", re.compile("up to £4,000.00"))
    expect(page.get_by_text("the half-hours with the lowest and the highest")).to_be_visible()

    box = page.locator(".k-plot-box").bounding_box()
    assert box
    page.mouse.move(box["x"] + 66 + (box["width"] - 84) / 2, box["y"] + 150)
    with page.expect_response(re.compile("system-prices.*from=.*points="), timeout=5000):
        zoom_in(page, 6)
    for _ in range(12):
        zoom_in(page, 6)
        page.wait_for_timeout(300)
        expect(plot).to_have_attribute("aria-label", re.compile("up to £4,000.00"))
    expect(page.get_by_text("Every half-hour is drawn.")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    assert len(table_cells(page)) < 500
    spikes = [row for row in table_cells(page) if row[3] == "£4,000.00"]
    assert len(spikes) == 1

    plot.dblclick(position={"x": 400, "y": 200})
    expect(page.get_by_text("the half-hours with the lowest and the highest")).to_be_visible()


@pytest.mark.usefixtures("nine_years")
def test_a_price_without_actions_says_so(page: Page) -> None:
    page.goto("/insights/price-stack?date=2018-03-02&period=10")
    expect(page.get_by_text("the actions that made it were not")).to_be_visible()
    expect(page.get_by_role("cell", name="50 MWh", exact=True)).to_be_visible()


def test_a_page_that_stands_open_updates_itself(page: Page, served: Served, tmp_path: Path) -> None:
    open_chart(page, "/insights/system-price")
    page.wait_for_timeout(500)  # the connection for news opens
    last = asked(served, "/system-prices")["time"][-1]
    at = datetime.fromtimestamp(last / 1000, UTC) + timedelta(minutes=30)
    assert at == datetime(2026, 10, 27, tzinfo=UTC)
    row = {
        "settlementDate": "2026-10-27",
        "settlementPeriod": 1,
        "systemSellPrice": 1234.56,
        "systemBuyPrice": 1234.56,
        "netImbalanceVolume": 99.5,
    }
    take_in(served, tmp_path, "system-prices", [row])
    expect(page.locator(".k-readout")).to_contain_text("£1,234.56")
    expect(page.locator(".k-strip .k-fig-value").first).to_have_text("£1,234.56")
    expect(page.locator(".k-chart-foot")).to_contain_text("Updated")


def test_a_fuel_that_configuration_adds_appears_without_code(
    page: Page, served: Served, tmp_path: Path
) -> None:
    configured = served.data / "fuels.yaml"
    configured.write_text(
        "fuels: [{code: TIDAL, name: Tidal stream, family: hydro, order: 85, "
        "minimum_mw: -10, maximum_mw: 900}]\n"
    )
    open_chart(page, "/insights/generation")
    rows = [
        {
            "dataset": "FUELINST",
            "startTime": f"2026-10-26T{minute // 60:02}:{minute % 60:02}:00Z",
            "fuelType": "TIDAL",
            "generation": 321,
        }
        for minute in range(12 * 60, 24 * 60, 5)
    ]
    take_in(served, tmp_path, "fuelinst", rows)
    tidal = page.locator(".k-readout").get_by_role("button", name="Tidal stream")
    expect(tidal.locator(".k-figures")).to_have_text("321")
    now = asked(served, "/generation-by-fuel/now")
    assert {"TIDAL"} <= {fuel["code"] for fuel in now["fuels"]}

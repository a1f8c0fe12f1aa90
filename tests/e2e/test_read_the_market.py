"""Anyone reads the market: what runs, what it costs, and how a price was made."""

import json
import re
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.accessibility import serious
from tests.served import Served

API = "/api/v1/insights"
LONG_DAY = "2026-10-25"
PAGES = (
    "/insights/generation",
    "/insights/system-price",
    f"/insights/price-stack?date={LONG_DAY}&period=50",
    "/insights/data",
)


def asked(served: Served, path: str) -> Any:
    with urllib.request.urlopen(f"{served.origin}{API}{path}") as answer:
        return json.load(answer)


def pounds(price: float) -> str:
    return f"{'−' if price < 0 else ''}£{abs(price):,.2f}"


def megawatts(value: float | None) -> str:
    if value is None:
        return "No data"
    rounded = f"{int(abs(value) + 0.5):,}"
    return f"−{rounded}" if value < 0 and rounded != "0" else rounded


def open_chart(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator(".k-plot canvas").first).to_be_visible()
    expect(page.locator("figure.k-chart")).to_have_attribute("data-status", "ready")


def colours_drawn(page: Page) -> int:
    """How many different colours stand on the canvas, looked at coarsely."""
    return page.locator(".k-plot canvas").first.evaluate(
        """canvas => {
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            const seen = new Set();
            for (let at = 0; at < data.length; at += 404) {
                if (data[at + 3] > 200) seen.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
            }
            return seen.size;
        }"""
    )


def table_cells(page: Page) -> list[list[str]]:
    return page.locator(".k-twin tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )


def wait_until_drawn(page: Page, colours: int) -> None:
    for _ in range(40):
        if colours_drawn(page) >= colours:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"only {colours_drawn(page)} colours are on the canvas")


def test_generation_is_drawn_and_its_readout_is_what_the_api_says(
    page: Page, served: Served
) -> None:
    open_chart(page, f"/insights/generation?range=day&date={LONG_DAY}&resolution=30m")
    wait_until_drawn(page, 8)

    plot = page.get_by_role("application")
    plot.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")

    said = asked(served, f"/generation-by-fuel?from={LONG_DAY}&to={LONG_DAY}&resolution=30m")
    readout = page.locator(".k-readout")
    expect(readout).to_contain_text("Sun 25 Oct 2026 · SP 4 · 01:30 BST–01:00 GMT")
    rows = readout.locator(".k-readout-rows button")
    expect(rows).to_have_count(len(said["fuels"]))
    for row, fuel in zip(rows.all(), reversed(said["fuels"]), strict=True):
        expect(row).to_contain_text(fuel["name"])
        expect(row.locator(".k-figures")).to_have_text(megawatts(said["series"][fuel["code"]][3]))
    total = sum(values[3] for values in said["series"].values())
    expect(readout.locator(".k-strong dd")).to_have_text(megawatts(total))
    expect(page.locator(".k-chart [aria-live=polite]").first).to_contain_text("Wind")


def test_the_headline_and_home_say_the_same_of_supply(page: Page, served: Served) -> None:
    fuels = asked(served, "/generation-by-fuel/now")["fuels"]
    giving = [fuel for fuel in fuels if fuel["value"] > 0]
    supply = sum(fuel["value"] for fuel in giving)
    named = [of["value"] for of in giving if of["family"] in {"wind", "hydro", "nuclear"}]
    page.goto("/insights/generation")
    strip = page.get_by_role("region", name="Now")
    expect(strip).to_contain_text(f"Supply{megawatts(supply)} MW")
    expect(strip).to_contain_text(
        f"Wind, hydro and nuclear{int(100 * sum(named) / supply + 0.5)}%of supply"
    )
    page.goto("/")
    expect(page.locator(".k-hero-figs")).to_contain_text(f"Supply{megawatts(supply)} MW")


@pytest.mark.usefixtures("nine_years")
def test_everything_ends_with_the_true_last_half_hour(page: Page, served: Served) -> None:
    last = asked(served, "/system-prices")
    open_chart(page, "/insights/system-price?range=all")
    expect(page.locator(".k-readout-moment")).to_contain_text("Latest: ")
    expect(page.locator(".k-readout")).to_contain_text(pounds(last["system_price"][-1]))


def test_a_fuel_can_be_hidden_and_shown(page: Page) -> None:
    open_chart(page, "/insights/generation")
    wait_until_drawn(page, 8)
    high = page.get_by_role("application")
    before = high.get_attribute("aria-label")
    wind = page.locator(".k-readout").get_by_role("button", name="Wind")
    wind.click()
    expect(wind).to_have_attribute("aria-pressed", "false")
    expect(high).not_to_have_attribute("aria-label", str(before))
    wind.click()
    expect(high).to_have_attribute("aria-label", str(before))


def test_the_table_twin_of_the_long_day_is_what_the_api_says(page: Page, served: Served) -> None:
    open_chart(page, f"/insights/system-price?range=day&date={LONG_DAY}")
    expect(page.get_by_text("clocks change: 50 half-hours")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    cells = table_cells(page)
    said = asked(served, f"/system-prices?from={LONG_DAY}&to={LONG_DAY}")
    assert [row[1] for row in cells] == [str(number) for number in range(1, 51)]
    assert [row[2] for row in cells][1:7] == ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"]
    assert [row[3] for row in cells] == [pounds(price) for price in said["system_price"]]
    words = ["Short" if of > 0 else "Long" for of in said["net_imbalance_volume"]]
    assert [row[5] for row in cells] == words

    page.locator(".k-twin").get_by_role("link", name="Open its stack").last.click()
    expect(page.get_by_text("SP 50 · 23:30–00:00 GMT").first).to_be_visible()


def test_the_table_of_generation_follows_the_resolution(page: Page, served: Served) -> None:
    open_chart(page, f"/insights/generation?range=day&date={LONG_DAY}&resolution=5m")
    page.get_by_role("link", name="Half-hour").click()
    expect(page.get_by_text("30-minute values")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    said = asked(served, f"/generation-by-fuel?from={LONG_DAY}&to={LONG_DAY}&resolution=30m")
    cells = table_cells(page)
    assert len(cells) == 50
    shown = [row[3 + number] for number in range(len(said["fuels"])) for row in cells]
    assert shown == [
        megawatts(value) for fuel in said["fuels"] for value in said["series"][fuel["code"]]
    ]


def test_ranges_lead_back_and_forth(page: Page) -> None:
    open_chart(page, f"/insights/generation?range=day&date={LONG_DAY}")
    page.get_by_role("link", name="Earlier").click()
    expect(page.locator(".k-range-words")).to_have_text("Sat 24 Oct 2026")
    expect(page).to_have_url(re.compile("date=2026-10-24"))
    page.get_by_label("Date").fill("2026-10-22")
    expect(page.locator(".k-range-words")).to_have_text("Thu 22 Oct 2026")
    page.get_by_role("link", name="Week").click()
    expect(page.locator(".k-range-words")).to_have_text("19 Oct 2026 to 25 Oct 2026")
    page.get_by_role("link", name="Latest").click()
    expect(page.locator(".k-range-words")).to_have_text("Last 7 days")
    page.goto("/insights/generation?date=yesterday&range=eon")
    expect(page.get_by_text("“yesterday” is no date; this is the latest.")).to_be_visible()


@pytest.fixture
def nine_years(served: Served, tmp_path: Path) -> datetime:
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
    pl.DataFrame({"startTime": starts}).with_columns(
        settlementDate=london.dt.date(),
        settlementPeriod=(pl.col("startTime") - midnight).dt.total_minutes() // 30 + 1,
        systemBuyPrice=price,
        systemSellPrice=price,
        netImbalanceVolume=pl.lit(120.5),
    ).write_parquet(tmp_path / "prices.parquet")
    done = served.kinnect("ingest", "system-prices", str(tmp_path / "prices.parquet"))
    assert done.returncode == 0, done.stdout + done.stderr
    return spike


def zoom_in(page: Page, turns: int) -> None:
    for _ in range(turns):
        page.mouse.wheel(0, -400)
        page.wait_for_timeout(40)


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


def take_in(served: Served, folder: Path, feed: str, rows: list[dict[str, Any]]) -> None:
    path = folder / "given.json"
    path.write_text(json.dumps({"data": rows}))
    done = served.kinnect("ingest", feed, str(path))
    assert done.returncode == 0, done.stdout + done.stderr


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


def test_the_stack_goes_step_by_step_to_the_marginal_megawatt_hour(
    page: Page, served: Served
) -> None:
    open_chart(page, f"/insights/price-stack?date={LONG_DAY}&period=36")
    said = asked(served, f"/price-stack/{LONG_DAY}/36")
    price = said["price"]
    sentence = page.locator(".k-step-sentence")
    expect(sentence).to_contain_text(f"took {len(said['actions'])} actions")
    wait_until_drawn(page, 3)
    names = page.locator(".k-stepper button")
    expect(names).to_have_count(8)
    for number in range(1, 8):
        page.get_by_role("button", name="Next step").click()
        expect(names.nth(number)).to_have_attribute("aria-current", "step")
        expect(page.get_by_role("application")).to_have_attribute(
            "aria-label", re.compile(re.escape(names.nth(number).inner_text().split("\n")[-1]))
        )
    expect(sentence).to_contain_text(pounds(price["system_buy_price_gbp_per_mwh"]))
    expect(page.get_by_role("button", name="Next step")).to_be_disabled()
    expect(page.locator(".k-stack-legend")).to_contain_text("Sets the price")

    page.get_by_role("button", name="Table").click()
    cells = table_cells(page)
    assert len(cells) == len(said["actions"])
    marked = page.locator(".k-row-marked")
    priced = [of for of in said["actions"] if of["volume_after_price_average_mwh"]]
    expect(marked).to_have_count(len(priced))
    ids = {str(words).split("\t")[0] for words in marked.all_inner_texts()}
    assert ids == {of["action_id"] for of in priced}
    expect(page.get_by_text("DMAT", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="0.1 MWh")).to_be_visible()


def test_the_stack_works_by_keyboard(page: Page) -> None:
    open_chart(page, f"/insights/price-stack?date={LONG_DAY}&period=36")
    third = page.locator(".k-stepper button").nth(2)
    third.focus()
    page.keyboard.press("Enter")
    expect(third).to_have_attribute("aria-current", "step")
    page.get_by_role("application").focus()
    page.keyboard.press("End")
    expect(page.locator(".k-readout")).to_contain_text("After arbitrage")
    expect(page.locator(".k-chart > [aria-live=polite]")).to_contain_text("MWh left of")
    page.get_by_role("link", name="Later period").click()
    expect(page.locator(".k-lead")).to_contain_text("SP 37")
    expect(page.locator(".k-stepper button").first).to_have_attribute("aria-current", "step")


def test_enter_at_the_crosshair_opens_the_stack(page: Page) -> None:
    open_chart(page, f"/insights/system-price?range=day&date={LONG_DAY}")
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"price-stack/?\\?date={LONG_DAY}&period=2$"))
    expect(page.locator(".k-lead")).to_contain_text("Sun 25 Oct 2026 · SP 2 · 00:30–01:00 BST")


def test_a_click_opens_the_stack_of_that_half_hour(page: Page) -> None:
    open_chart(page, f"/insights/system-price?range=day&date={LONG_DAY}")
    page.locator(".k-plot").click(position={"x": 300, "y": 150})
    expect(page).to_have_url(re.compile(f"price-stack/?\\?date={LONG_DAY}&period=\\d+$"))


@pytest.mark.usefixtures("nine_years")
def test_a_price_without_actions_says_so(page: Page) -> None:
    page.goto("/insights/price-stack?date=2018-03-02&period=10")
    expect(page.get_by_text("the actions that made it were not")).to_be_visible()
    expect(page.get_by_role("cell", name="50 MWh", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("date=2026-10-25&period=51", "25 Oct 2026 has Settlement Periods 1 to 50."),
        ("date=2026-10-24&period=50", "24 Oct 2026 has Settlement Periods 1 to 48."),
        ("date=soon&period=1", "“soon” is no date."),
        ("date=2014-01-01&period=1", "No price is held for Settlement Period 1"),
    ],
)
def test_a_period_that_is_not_there_says_why(page: Page, query: str, words: str) -> None:
    page.goto(f"/insights/price-stack?{query}")
    expect(page.locator(".k-empty")).to_contain_text(words)
    page.get_by_role("link", name="Open the latest stack").click()
    expect(page.locator(".k-plot canvas")).to_be_visible()


def test_pictures_and_csv_can_be_taken_away(page: Page) -> None:
    open_chart(page, f"/insights/generation?range=day&date={LONG_DAY}&resolution=30m")
    wait_until_drawn(page, 8)
    with page.expect_download() as picture:
        page.get_by_role("button", name="PNG").click()
    assert picture.value.suggested_filename == "generation-by-fuel.png"
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as csv:
        page.get_by_role("link", name="CSV").click()
    rows = pl.read_csv(csv.value.path())
    assert rows.height == 50
    assert {"wind_mw", "settlement_period"} <= set(rows.columns)


def test_a_range_without_data_says_so(page: Page) -> None:
    page.goto("/insights/generation?range=day&date=2019-05-05")
    expect(page.locator(".k-chart-wait")).to_contain_text("No data")


def test_a_fault_of_the_server_can_be_tried_again(page: Page) -> None:
    broken = {"is": True}

    def answer(route: Route) -> None:
        if broken["is"]:
            route.fulfill(status=503, json={"detail": "The store is being mended."})
        else:
            route.continue_()

    page.route(re.compile("/system-prices"), answer)
    page.goto("/insights/system-price")
    expect(page.locator("figure").get_by_role("alert")).to_contain_text("being mended")
    broken["is"] = False
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".k-plot canvas")).to_be_visible()


def test_the_examples_of_the_api_work(page: Page) -> None:
    page.goto("/insights/data")
    expect(page.get_by_role("cell", name="Generation by fuel generation_by_fuel")).to_be_visible()
    examples = page.locator(".k-endpoints dd a")
    expect(examples).to_have_count(5)
    for link in examples.all():
        answer = page.request.get(str(link.get_attribute("href")))
        assert answer.ok, answer.url
        assert answer.json()


@pytest.mark.parametrize("path", [path for path in PAGES if "data" not in path])
def test_nothing_serious_stands_in_the_way_of_a_chart_and_its_table(
    browser: Browser, served: Served, path: str
) -> None:
    tab = browser.new_context(base_url=served.origin, bypass_csp=True)
    page = tab.new_page()
    page.goto(path)
    expect(page.locator(".k-plot canvas").first).to_be_visible()
    page.get_by_role("button", name="Table").click()
    found = serious(page)
    tab.close()
    assert not found

"""The publisher watches the feeds: what failed, what was refused, and how whole the data are."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import sign_in_as
from tests.replay_service import BAD_ROW, ReplayService, Told, made_generation, serve_over_http
from tests.served import ROOT, Served, serving

NOW = datetime.now(UTC)  # noqa: TID251  # the served app's own clock
PAST = datetime(2026, 9, 1, tzinfo=UTC)
PAST_DAYS = 4
THIS_HOUR = NOW.replace(minute=0, second=0, microsecond=0)
LATELY = made_generation(THIS_HOUR - timedelta(hours=3), THIS_HOUR)
OF_THE_PAST = made_generation(PAST, PAST + timedelta(days=PAST_DAYS) - timedelta(hours=7))
TEMPERATURE = {
    "dataset": "TEMP",
    "measurementDate": f"{NOW:%Y-%m-%d}",
    "publishTime": f"{NOW - timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}",
    "temperature": 9.5,
    "temperatureReferenceAverage": 8.0,
    "temperatureReferenceHigh": 12.0,
    "temperatureReferenceLow": 4.0,
}


@dataclass
class Upstream(ReplayService):
    """A service that has one address out of order and, where asked, takes its time."""

    broken: set[str] = field(default_factory=lambda: {"TEMP"})
    pause_seconds: float = 0

    def answer(self, path: str, values: dict[str, str]) -> Told:
        """As the official service, but for what is broken."""
        time.sleep(self.pause_seconds)
        if path.rsplit("/", 1)[-1] in self.broken:
            return Told(404, parts=[b"{}"])
        return super().answer(path, values)


@pytest.fixture(scope="module")
def upstream() -> Upstream:
    bad = BAD_ROW | {"publishTime": LATELY[-1]["publishTime"]}
    now = {name: LATELY[-1][name] for name in ("startTime", "settlementDate", "settlementPeriod")}
    return Upstream(
        {"FUELINST": [*OF_THE_PAST, *LATELY, bad | now], "TEMP": [TEMPERATURE]},
        clock=lambda: datetime.now(UTC),  # noqa: TID251
    )


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory, upstream: Upstream) -> Iterator[Served]:
    """The demo market beside a public data service of ours."""
    server, url = serve_over_http(upstream)
    with serving(tmp_path_factory.mktemp("fed"), KINNECT_FEED_URL=url) as running:
        yield running
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(fed: Served, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=fed.origin, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def run_now(page: Page, code: str, ends: str) -> None:
    """Have a feed asked, and wait for how that ended."""
    page.goto(f"/staff/feed?code={code}")
    page.get_by_role("button", name="Run now").click()
    expect(page.get_by_text(ends, exact=True)).to_be_visible(timeout=15_000)


def test_a_refused_row_is_found_and_can_be_taken_along(page: Page) -> None:
    sign_in_as(page, "Isla Webberley")
    run_now(page, "FUELINST", "Well")
    refused = page.get_by_role("region", name="Refused rows")
    expect(refused).to_contain_text("MOONBEAMS is no fuel code that is known here")
    expect(refused).to_contain_text("add it to fuels.yaml")
    with page.expect_download() as told:
        page.get_by_role("link", name="Download all of them as CSV").click()
    with Path(told.value.path()).open() as file:
        assert [row["value"] for row in csv.DictReader(file)] == ["MOONBEAMS"]
    page.goto("/insights/status")
    row = page.get_by_role("row").filter(has_text="FUELINST")
    expect(row).to_contain_text(re.compile(r"(less than a|\d+) minutes? ago"))
    expect(row.get_by_role("img")).to_have_attribute("aria-label", re.compile("days whole"))


def test_a_broken_feed_is_told_put_right_and_paused(page: Page, upstream: Upstream) -> None:
    sign_in_as(page, "Isla Webberley")
    run_now(page, "TEMP", "Failing")
    expect(page.get_by_text("Check the path in the definition")).to_be_visible()
    page.goto("/staff/feeds?show=attention")
    failing = page.get_by_role("row").filter(has_text="TEMP")
    expect(failing).to_contain_text("nothing at this address")
    upstream.broken.clear()
    run_now(page, "TEMP", "Well")
    expect(page.get_by_role("region", name="Last runs")).to_contain_text("The timetable")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_the_past_goes_on_where_a_kill_left_it(fed: Served, upstream: Upstream) -> None:
    last = PAST + timedelta(days=PAST_DAYS - 1)
    command = ["ingest", "feed", "FUELINST", "--from", f"{PAST:%F}", "--to", f"{last:%F}", "--json"]
    upstream.pause_seconds = 0.2
    before = len(upstream.asked)
    process = subprocess.Popen(
        [sys.executable, "-m", "kinnect_app", *command],
        cwd=ROOT,
        env=fed.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 20
    while _asked_of_the_past(upstream, before) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    upstream.pause_seconds = 0
    run = fed.kinnect(*command)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert 1 <= told["steps_held"] < PAST_DAYS
    assert told["steps"] == PAST_DAYS - told["steps_held"]
    span = f"publishDateTimeFrom={PAST:%F}&publishDateTimeTo={last + timedelta(days=1):%F}"
    address = f"{fed.origin}/bmrs/api/v1/datasets/FUELINST/stream?{span}"
    with urllib.request.urlopen(address) as answer:
        rows = json.load(answer)
    key = ("startTime", "publishTime", "fuelType", "generation")
    assert sorted(tuple(row[name] for name in key) for row in rows) == sorted(
        tuple(row[name] for name in key) for row in OF_THE_PAST
    )


def _asked_of_the_past(upstream: Upstream, before: int) -> int:
    return sum("2026-09" in asked for asked in upstream.asked[before:])

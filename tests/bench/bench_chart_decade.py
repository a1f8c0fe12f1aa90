"""A chart of a decade of half-hours in Chromium: how soon it is there, and how smoothly it pans.

Run by `make bench`; needs the built front end and Chromium, which draws by software here. The
prices are the real ones of `../shared/data` as far as they go, and the same again after them. Two
baselines in the same run: the same gesture over an empty page, which is what this machine can do
at best, and ECharts by itself with every half-hour in its hands.
"""

import shutil
import statistics
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click
import polars as pl
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from settlement_engine.periods import period_frame
from tests.served import ROOT, serving

REAL = ROOT.parent / "shared/data/insights/prices/system_prices_2016_2024.parquet"
SINCE, UNTIL = date(2016, 1, 1), date(2025, 12, 31)
PAGE = "/insights/system-price?range=all"
OPENINGS = 5
PAN_MILLISECONDS = 4000
ZOOMS = {"half the decade": 1, "a year": 2, "a month": 4}  # each zoom in halves what is in sight
FRAME_MS, LATE_MS = 1000 / 60, 25.0
OPENS_WITHIN_MS = 1000.0

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
VALUES = ("systemBuyPrice", "systemSellPrice", "netImbalanceVolume")

# Says when the page was ready, and when something of the chart first stood on its canvas.
WATCH = """
window.opened = {};
const look = () => {
  const canvas = document.querySelector('.k-chart[data-status=ready] .k-plot canvas');
  if (canvas && canvas.width > 300) {
    const pen = canvas.getContext('2d');
    const { data } = pen.getImageData(canvas.width / 4, 40, canvas.width / 2, 200);
    if (data.some((value, place) => place % 4 === 3 && value > 0)) {
      window.opened.drawn = performance.now();
      return;
    }
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
READY = "performance.getEntriesByType('navigation')[0].loadEventEnd"
# Drags back and forth, a move before each frame as Chromium hands them out, and times each frame.
PAN = """([where, milliseconds]) => new Promise((done) => {
  const target = document.querySelector(where);
  const box = target.getBoundingClientRect();
  const [middle, y] = [box.left + box.width / 2, box.top + box.height / 3];
  const tell = (kind, clientX, buttons) => {
    const how = { clientX, clientY: y, buttons, bubbles: true, cancelable: true, view: window };
    const pointer = { ...how, pointerType: 'mouse', pointerId: 1, isPrimary: true };
    target.dispatchEvent(new PointerEvent(`pointer${kind}`, pointer));
    target.dispatchEvent(new MouseEvent(`mouse${kind}`, how));
  };
  let wiped = false;
  const wipe = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    wiped = true;
    return wipe.apply(this, box);
  };
  const frames = [];
  let drawn = 0;
  tell('move', middle, 0);
  tell('down', middle, 1);
  const began = performance.now();
  let last = began;
  const tick = () => {
    const now = performance.now();
    frames.push(now - last);
    drawn += wiped;
    [last, wiped] = [now, false];
    if (now - began > milliseconds) {
      tell('up', middle, 0);
      CanvasRenderingContext2D.prototype.clearRect = wipe;
      done([frames.slice(2), drawn]);
      return;
    }
    tell('move', middle + 250 * Math.sin((now - began) / 500 + 0.3), 1);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})"""
ALONE = """([times, prices]) => new Promise((done) => {
  const began = performance.now();
  const chart = echarts.init(document.getElementById('chart'));
  chart.on('finished', () => done(performance.now() - began));
  chart.setOption({
    animation: false,
    xAxis: { type: 'value', min: times[0], max: times.at(-1) },
    yAxis: { type: 'value' },
    dataZoom: [{ type: 'inside', start: 25, end: 75, filterMode: 'none' }],
    series: [{
      type: 'line', step: 'end', symbol: 'none', data: times.map((at, n) => [at, prices[n]]),
    }],
  });
})"""


class Pan(NamedTuple):
    """Milliseconds of each frame, how many drew anew, and the main thread's own of a frame."""

    frames: list[float]
    drawn: int
    own_ms: float


def decade() -> pl.DataFrame:
    """Every half-hour of ten years, with the real prices as far as there are any."""
    grid = period_frame(SINCE, UNTIL).select("settlement_date", "settlement_period")
    real = pl.read_parquet(REAL).select(VALUES)
    again = pl.concat([real] * (-(-grid.height // real.height))).head(grid.height)
    return grid.rename(
        {"settlement_date": "settlementDate", "settlement_period": "settlementPeriod"}
    ).hstack(again)


def opened(page: Page) -> tuple[float, float]:
    """Milliseconds from when the page was ready, and from the request, until the chart stands."""
    page.goto(PAGE)
    page.wait_for_function("window.opened.drawn", timeout=60_000)
    page.wait_for_function(f"{READY} > 0")
    drawn = page.evaluate("window.opened.drawn")
    return drawn - page.evaluate(READY), drawn


def panned(page: Page, where: str) -> Pan:
    """A drag back and forth over it."""
    page.locator(where).scroll_into_view_if_needed()
    meter = page.context.new_cdp_session(page)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _busy_seconds(meter)
    frames, drawn = page.evaluate(PAN, [where, PAN_MILLISECONDS])
    busy = _busy_seconds(meter) - before
    meter.detach()
    return Pan(frames, drawn, 1000 * busy / len(frames))


def _busy_seconds(meter: CDPSession) -> float:
    """The main thread's own time on the processor: what others do on the machine is not in it."""
    metrics = meter.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def say(what: str, pan: Pan) -> None:
    """One line of the table."""
    ordered = sorted(pan.frames)
    late = sum(one > LATE_MS for one in ordered) / len(ordered)
    click.echo(
        f"{what:<42}{1000 * len(ordered) / sum(ordered):>9.1f}"
        f"{1000 * pan.drawn / sum(ordered):>9.1f}{statistics.median(ordered):>8.1f}"
        f"{ordered[int(0.95 * len(ordered))]:>8.1f}{late:>8.1%}{pan.own_ms:>8.1f}"
    )


def opening(chromium: Browser, origin: str) -> None:
    """First visits, with nothing in the browser's cache; then again, with all of it."""
    first, again = [], []
    for visit in range(OPENINGS + 1):
        page = visitor(chromium, origin)
        both = [opened(page), opened(page)]
        page.context.close()
        if visit:  # the server's own first answer is not what a visitor waits for
            first.append(both[0])
            again.append(both[1])
    click.echo(f"{'the chart stands, ms':<42}{'after ready':>12}{'after the request':>19}")
    slowest = 0.0
    for words, visits in (("first visits", first), ("again", again)):
        ready, whole = (statistics.median(one) for one in zip(*visits, strict=True))
        click.echo(f"{f'{words}, median of {OPENINGS}':<42}{ready:>12.0f}{whole:>19.0f}")
        slowest = max(slowest, ready)
    holds = "holds" if slowest < OPENS_WITHIN_MS else "does not hold"
    click.echo(f"under {OPENS_WITHIN_MS:.0f} ms after the page is ready: {holds}")


def visitor(chromium: Browser, origin: str) -> Page:
    """A browser that knows nothing yet. The page's policy would not let the watch look on."""
    context = chromium.new_context(
        base_url=origin, viewport={"width": 1280, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    return page


def panning(page: Page) -> None:
    """At each zoom; what is in sight was asked for again, and stands, before the mouse moves."""
    click.echo(
        f"\n{'panning':<42}{'frames/s':>9}{'drawn/s':>9}{'p50 ms':>8}{'p95 ms':>8}"
        f"{'late':>8}{'own ms':>8}"
    )
    every: list[float] = []
    own: list[float] = []
    for name, times in ZOOMS.items():
        for _ in range(times):
            page.get_by_role("button", name="Zoom in").click()
            page.wait_for_timeout(250)
        page.wait_for_timeout(800)
        before = page.locator(".k-plot canvas").evaluate("canvas => canvas.toDataURL()")
        pan = panned(page, ".k-plot canvas")
        if page.locator(".k-plot canvas").evaluate("canvas => canvas.toDataURL()") == before:
            raise SystemExit("The chart did not move.")
        say(f"Kinnect, {name} in sight", pan)
        every += pan.frames
        own.append(pan.own_ms)
    holds = "holds" if statistics.median(every) < FRAME_MS * 1.05 else "does not hold"
    click.echo(f"60 frames a second at the median while panning: {holds}")
    holds = "holds" if max(own) < FRAME_MS else "does not hold"
    click.echo(f"and on a core of its own, by the time the main thread needs (own ms): {holds}")


def baselines(page: Page, rows: pl.DataFrame) -> None:
    """The same gesture over nothing; and over ECharts with every half-hour in its hands."""
    page.goto("/ping")
    page.set_content("<div id=chart style='width:900px;height:500px'></div>")
    say("baseline: nothing at all", panned(page, "#chart"))
    page.add_script_tag(path=ROOT / ".web/node_modules/echarts/dist/echarts.min.js")
    times = [30 * 60_000 * n for n in range(rows.height)]
    took = page.evaluate(ALONE, [times, rows["systemBuyPrice"].to_list()])
    say("baseline: ECharts alone, every half-hour", panned(page, "#chart canvas"))
    click.echo(f"ECharts alone drew it first in {took:.0f} ms, its data already there")


def main() -> None:
    rows = decade()
    click.echo(f"{rows.height:,} half-hours, {SINCE} to {UNTIL}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        given = Path(folder) / "decade.parquet"
        rows.write_parquet(given)
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        with serving(Path(folder) / "data", ()) as served:
            taken = served.kinnect("ingest", "system-prices", str(given))
            if taken.returncode:
                raise SystemExit(taken.stdout + taken.stderr)
            opening(chromium, served.origin)
            page = visitor(chromium, served.origin)
            opened(page)
            panning(page)
            baselines(page, rows)
        chromium.close()


if __name__ == "__main__":
    main()

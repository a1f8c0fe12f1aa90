"""What tests ask of a chart: whether it is drawn, what its table says, what the API says."""

import json
import urllib.request
from typing import Any

from playwright.sync_api import Page, expect

from tests.served import Served

API = "/api/v1/insights"


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

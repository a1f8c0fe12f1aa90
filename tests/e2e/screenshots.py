"""Pictures of every page, for the README and for whoever looks a change over: `make screenshots`.

The pictures of the documents go to docs/pictures/; all others to test-results/pictures/. Words
after the command take only the pictures whose names hold one of them; `--at ORIGIN` takes them of
a market that is served already.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from kinnect_app import routes
from tests.e2e.people import sign_in_as
from tests.e2e.pictured import FIRST, LAST, STATES, View, every_page, linked
from tests.served import ROOT, serving

DEMO = ("--seed", "2026", "--until", "2026-11-20", "--weeks", "2")
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
FOR_DOCUMENTS = {
    "system-price": (routes.SYSTEM_PRICE.path, "light"),
    "price-stack": (f"{routes.PRICE_STACK.path}?date=2026-11-17&period=37", "dark"),
    "generation": (routes.GENERATION.path, "light"),
}
_SETTLED = """() => document.querySelector('main h1, main .k-empty')
  && ![...document.querySelectorAll('main [role=status], main .k-chart-wait')]
    .some(one => /…$/.test(one.innerText.trim()))"""
_LINKS = "() => [...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href'))"


@dataclass
class Photographer:
    """Goes round one market, once signed in as each person."""

    browser: Browser
    origin: str
    only: tuple[str, ...] = ()
    pages: dict[str, Page] = field(default_factory=dict)
    known: set[tuple[str, str]] = field(default_factory=set)

    def go_round(self) -> None:
        """All that there is, and whatever it leads to."""
        waiting = [*FIRST, *every_page()]
        for view in waiting:  # grows on the way
            page = self._visit(view)
            waiting += linked(page.evaluate(_LINKS), view.person, self.known)
        for view in (*STATES, *LAST):
            self._visit(view)

    def _visit(self, view: View) -> Page:
        page = self._page_of(view)
        self._open(page, view)
        if not self.only or any(word in view.name for word in self.only):
            self._picture(page, view)
        return page

    def _page_of(self, view: View) -> Page:
        if view.person not in self.pages:
            context = self.browser.new_context(base_url=self.origin, locale="en-GB")
            context.set_default_timeout(8_000)
            self.pages[view.person] = page = context.new_page()
            if view.person:
                sign_in_as(page, view.person)
        return self.pages[view.person]

    def _open(self, page: Page, view: View) -> None:
        """What goes wrong here is said, and the picture shows how far it came."""
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        try:
            page.goto(view.address)
            page.wait_for_function(_SETTLED)
            if view.do:
                view.do(page)
                page.wait_for_timeout(500)
                page.wait_for_function(_SETTLED)
        except Error as fault:
            sys.stdout.write(f"{view.name}: {fault.message.splitlines()[0]}\n")

    def _picture(self, page: Page, view: View) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.wait_for_timeout(700 if page.locator(".k-plot").count() else 200)
                high = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": min(high, 15_000)})
                to = ROOT / "test-results/pictures" / f"{view.name}-{width}-{scheme}.png"
                to.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=to)
        page.emulate_media(color_scheme="light")
        sys.stdout.write(f"{view.name} {page.url.removeprefix(self.origin)}\n")
        sys.stdout.flush()


def main() -> None:
    """Take them all."""
    asked = _asked()
    with sync_playwright() as playwright, _market(asked.at) as origin:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox"],
        )
        if not asked.words:
            _for_documents(chromium, origin)
        Photographer(chromium, origin, tuple(asked.words)).go_round()
        chromium.close()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="take only pictures whose names hold one of these")
    parser.add_argument("--at", default="", help="the address of a demo market that is served")
    return parser.parse_args()


@contextmanager
def _market(at: str) -> Iterator[str]:
    if at:
        yield at
        return
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), DEMO) as served:
        yield served.origin


def _for_documents(chromium: Browser, origin: str) -> None:
    for name, (path, scheme) in FOR_DOCUMENTS.items():
        page = chromium.new_page(
            base_url=origin,
            color_scheme=scheme,
            locale="en-GB",
            viewport={"width": 1280, "height": 900},
        )
        page.goto(path)
        page.wait_for_timeout(1500)
        page.screenshot(path=ROOT / "docs/pictures" / f"{name}.png")
        page.close()


if __name__ == "__main__":
    main()

"""Pictures of every page, for the README and for whoever looks a change over: `make screenshots`.

The pictures of the documents go to docs/pictures/; all others to test-results/pictures/.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kinnect_app import routes
from kinnect_app.routes import Audience, Route
from tests.e2e.people import sign_in_as
from tests.served import ROOT, serving

DEMO = ("--seed", "2026", "--until", "2026-11-20", "--weeks", "2")
PEOPLE = {
    Audience.ANYONE: "",
    Audience.PEOPLE: "Alice Harrowgate",
    Audience.STAFF: "Audrey Checkland",
}
FOR_DOCUMENTS = {
    "system-price": (routes.SYSTEM_PRICE.path, 1280, "light"),
    "price-stack": (f"{routes.PRICE_STACK.path}?date=2026-11-17&period=37", 1280, "dark"),
    "generation": (routes.GENERATION.path, 1280, "light"),
}


def main() -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        with serving(Path(folder), DEMO) as served:
            for name, (path, width, scheme) in FOR_DOCUMENTS.items():
                to = ROOT / "docs/pictures" / f"{name}.png"
                _take(chromium, served.origin, {path: to}, width=width, scheme=scheme)
            for audience, person in PEOPLE.items():
                for width in (390, 1280):
                    for scheme in ("light", "dark"):
                        pictures = {
                            route.path: ROOT / "test-results/pictures" / _name(route, width, scheme)
                            for route in vars(routes).values()
                            if isinstance(route, Route) and route.audience is audience
                        }
                        _take(
                            chromium,
                            served.origin,
                            pictures,
                            width=width,
                            scheme=scheme,
                            person=person,
                        )
        chromium.close()


def _take(  # a picture has this many sides
    browser: Browser,
    origin: str,
    pictures: dict[str, Path],
    *,
    width: int,
    scheme: str,
    person: str = "",
) -> None:
    context = browser.new_context(
        base_url=origin,
        color_scheme=scheme,
        locale="en-GB",
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    if person:
        sign_in_as(page, person)
    for path, to in pictures.items():
        page.goto(path)
        page.wait_for_timeout(1500)
        to.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=to, full_page="docs" not in to.parts)
        sys.stdout.write(f"{to.relative_to(ROOT)}\n")
    context.close()


def _name(route: Route, width: int, scheme: str) -> str:
    return f"{route.path.strip('/').replace('/', '-') or 'home'}-{width}-{scheme}.png"


if __name__ == "__main__":
    main()

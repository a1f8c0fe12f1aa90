"""What axe finds on a page: by all of its rules in light, and by those of colour in dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RUN = """async ([context, options]) => {
    const { violations } = await axe.run(context, options);
    const shown = ({ id, impact, nodes: [{ html }] }) => ({ id, impact, html: html.slice(0, 200) });
    return violations.map(shown);
}"""
_SERIOUS = {"serious", "critical"}
_OF_COLOUR = ["color-contrast", "link-in-text-block"]
_ROWS_LIKE_THOSE_ABOVE = [["tbody tr:nth-child(n + 8)"]]
"""A table of thousands of figures is looked at for its first rows: the others are made alike."""


def serious(page: Page) -> list[str]:
    """Serious and critical faults, each with where it is; the page is in light again after."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = _found(page, "light")
    page.emulate_media(color_scheme="dark")
    found += _found(page, "dark", *_OF_COLOUR)
    page.emulate_media(color_scheme="light", reduced_motion="null")
    return found


def _found(page: Page, scheme: str, *rules: str) -> list[str]:
    page.wait_for_timeout(50)  # nothing fades where less motion is asked for
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    violations = page.evaluate(_RUN, [{"exclude": _ROWS_LIKE_THOSE_ABOVE}, options])
    return [
        f"{scheme}: {one['id']}: {one['html']}" for one in violations if one["impact"] in _SERIOUS
    ]

"""Which browser a sign-in came from, in words: what the browser calls itself, read for people."""

from typing import Final

_UNKNOWN: Final = "An unknown browser"
_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
"""In this order: most browsers also name those that they wish to be taken for."""

_SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(client: str) -> str:
    """`Chrome on Windows`: without versions, so that an update is no new browser."""
    browser = _first(_BROWSERS, client)
    system = _first(_SYSTEMS, client)
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"A browser on {system}" if system else _UNKNOWN)


def _first(names: tuple[tuple[str, str], ...], client: str) -> str:
    return next((words for mark, words in names if mark in client), "")

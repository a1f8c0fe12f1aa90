"""Where a sign-in leads back to: one of our own pages, whatever the address asks for."""

from typing import Final
from urllib.parse import quote, unquote, urlsplit

_LONGEST: Final = 512
_NO_PAGES: Final = ("/auth/", "/api/", "/sign-in", "/_")
_PRINTABLE_FROM, _DELETE = 33, 127


def safe_next(wanted: str | None) -> str:
    """The path if it is one of our own pages; empty for every other address and way to write it."""
    if not wanted or len(wanted) > _LONGEST or not wanted.startswith("/"):
        return ""
    if _is_odd(wanted) or _is_odd(unquote(wanted.split("?", maxsplit=1)[0])):
        return ""
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or parts.fragment or parts.path == "/":
        return ""
    return "" if f"{parts.path}/".startswith(_NO_PAGES) else wanted


def leading_to(path: str, next_page: str) -> str:
    """The address of a page which, when it is done, leads on to another; or just the page's."""
    wanted = safe_next(next_page)
    return f"{path}?next={quote(wanted, safe='')}" if wanted else path


def _is_odd(text: str) -> bool:
    """Whether a browser may read it as another address than we do."""
    return (
        "//" in text
        or "/.." in text
        or "\\" in text
        or any(ord(letter) < _PRINTABLE_FROM or ord(letter) == _DELETE for letter in text)
    )

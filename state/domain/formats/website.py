"""The address of a company's website."""

import re
from urllib.parse import urlsplit

from state.domain.formats.plain_text import squeezed, tidy

LONGEST = 200
PATTERN = r"https://\S+"
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def normal(text: str) -> str:
    """With `https://` in front where no scheme was typed, and the host in small letters."""
    address = tidy(text)
    if address and "://" not in address:
        address = f"https://{address}"
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{path}" if mark else address


def problem(text: str) -> str | None:
    """What is wrong with the address; or None."""
    if not tidy(text):
        return "Enter a website address"
    if len(normal(text)) > LONGEST:
        return f"Website address must be {LONGEST} characters or fewer"
    if normal(text).isascii() and squeezed(text) == tidy(text).upper() and _is_https(normal(text)):
        return None
    return "Enter a website address that starts with https://, like https://www.example.com"


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and parts.username is None
        and _HOST.fullmatch(parts.hostname or "") is not None
    )

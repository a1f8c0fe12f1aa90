"""A postcode of Great Britain, Northern Ireland or the islands."""

import re

from state.domain.formats.plain_text import squeezed

_COMPACT = re.compile(
    r"(GIR0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW])"
    r"[0-9][ABD-HJLNP-UW-Z]{2})"
)
_OUTSIDE_GB = ("BT", "JE", "GY", "IM")
_INWARD = 3


def normal(text: str) -> str:
    """`SW1A 1AA`: capitals, one space before the last three; else as it was typed, squeezed."""
    compact = squeezed(text).replace("-", "")
    if _COMPACT.fullmatch(compact):
        return f"{compact[:-_INWARD]} {compact[-_INWARD:]}"
    return " ".join(text.upper().split())


def problem(text: str) -> str | None:
    """What is wrong with a postcode; or None."""
    if not squeezed(text):
        return "Enter a postcode"
    if _COMPACT.fullmatch(squeezed(text).replace("-", "")):
        return None
    return "Enter a full UK postcode, like SW1A 1AA"


def site_problem(text: str) -> str | None:
    """What is wrong with the postcode of an asset, which stands in Great Britain; or None."""
    if wrong := problem(text):
        return wrong
    outside = normal(text).startswith(_OUTSIDE_GB)
    return "Asset must be in Great Britain" if outside else None


def confirmation(text: str) -> str:
    """A good postcode, as it is written."""
    return f"Valid: {normal(text)}"

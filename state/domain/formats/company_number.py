"""A UK company number as Companies House writes it."""

import re

from state.domain.formats.plain_text import squeezed

PATTERN = r"(?:[A-Z]{2}[0-9]{6}|[0-9]{8}|[A-Z][0-9]{7}|IP[0-9]{5}[A-Z0-9])"
_LENGTH = 8
_MOST_ZEROS_LEFT_OUT = 2
_REGISTERS = {
    "SC": "Scotland",
    "NI": "Northern Ireland",
    "OC": "limited liability partnership",
    "SO": "limited liability partnership, Scotland",
    "NC": "limited liability partnership, Northern Ireland",
    "FC": "overseas company",
}


def normal(text: str) -> str:
    """In capitals, with the zeros people leave out: `1234567` is `01234567`."""
    number = squeezed(text).replace("-", "")
    parts = re.fullmatch(r"([A-Z]{0,2})([0-9]+)", number)
    if parts is None or len(number) < _LENGTH - _MOST_ZEROS_LEFT_OUT:
        return number
    prefix, digits = parts.groups()
    return prefix + digits.zfill(_LENGTH - len(prefix))


def problem(text: str) -> str | None:
    """What is wrong with a company number; or None."""
    if re.fullmatch(PATTERN, normal(text)):
        return None
    return "Enter a company number like 01234567 or SC123456"


def confirmation(text: str) -> str:
    """A good number, and the register it is in."""
    number = normal(text)
    register = _REGISTERS.get(number[:2])
    return f"Valid: {number} ({register})" if register else f"Valid: {number}"

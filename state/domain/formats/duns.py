"""A D-U-N-S number of a business."""

import re

from state.domain.formats.plain_text import squeezed

PATTERN = r"[0-9]{9}"


def normal(text: str) -> str:
    """Nine digits, without the hyphens that it is often written with."""
    return squeezed(text).replace("-", "")


def problem(text: str) -> str | None:
    """What is wrong with a D-U-N-S number; or None."""
    if not normal(text):
        return "Enter a D-U-N-S number"
    if re.fullmatch(PATTERN, normal(text)):
        return None
    return "D-U-N-S number must be 9 numbers, like 15-048-3782"


def confirmation(text: str) -> str:
    """A good number, as it is printed."""
    number = normal(text)
    return f"Valid: {number[:2]}-{number[2:5]}-{number[5:]}"

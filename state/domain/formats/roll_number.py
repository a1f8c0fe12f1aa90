"""The roll number of an account at a building society."""

import re

from state.domain.formats.plain_text import tidy

PATTERN = r"[A-Za-z0-9 ./-]{1,18}"
_LONGEST = 18

normal = tidy
"""A roll number as it is kept."""


def problem(text: str) -> str | None:
    """What is wrong with a roll number; or None."""
    number = tidy(text)
    if not number:
        return "Enter a roll number"
    if len(number) > _LONGEST:
        return f"Roll number must be between 1 and {_LONGEST} characters"
    if not re.fullmatch(PATTERN, number):
        return (
            "Roll number must only include letters a to z, numbers, hyphens, spaces, forward "
            "slashes and full stops"
        )
    return None

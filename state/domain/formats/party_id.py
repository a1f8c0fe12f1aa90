"""A BSC Party Id."""

import re

from state.domain.formats.plain_text import squeezed

PATTERN = r"[A-Z0-9]{1,8}"  # NETA IDD Part 1: text(8)


def normal(text: str) -> str:
    """In capitals, without spaces."""
    return squeezed(text)


def problem(text: str) -> str | None:
    """What is wrong with a Party Id; or None."""
    if not normal(text):
        return "Enter a Party ID"
    if re.fullmatch(PATTERN, normal(text)):
        return None
    return "Party ID must be 1 to 8 letters or numbers"


def confirmation(text: str) -> str:
    """A good Party Id, as it will be kept."""
    return f"Valid: {normal(text)}"

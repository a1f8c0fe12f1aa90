"""A Market Participant Id, also called Stage 2 Participant Id."""

import re

from state.domain.formats.plain_text import squeezed

PATTERN = r"[A-Z0-9]{4}"  # SVA Data Catalogue: text(4)


def normal(text: str) -> str:
    """In capitals, without spaces."""
    return squeezed(text)


def problem(text: str) -> str | None:
    """What is wrong with a Market Participant Id; or None."""
    if not normal(text):
        return "Enter a Market Participant ID"
    if re.fullmatch(PATTERN, normal(text)):
        return None
    return "Market Participant ID must be 4 letters or numbers"


def confirmation(text: str) -> str:
    """A good Market Participant Id, as it will be kept."""
    return f"Valid: {normal(text)}"

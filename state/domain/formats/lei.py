"""A Legal Entity Identifier (ISO 17442)."""

import re

from stdnum import lei
from stdnum.exceptions import ValidationError

from state.domain.formats.plain_text import squeezed

PATTERN = r"[0-9A-Z]{18}[0-9]{2}"
_LENGTH = 20


def normal(text: str) -> str:
    """In capitals, without spaces."""
    return squeezed(text).replace("-", "")


def problem(text: str) -> str | None:
    """What is wrong with an LEI; or None."""
    code = normal(text)
    if not code:
        return "Enter an LEI"
    if len(code) != _LENGTH:
        return f"LEI must be {_LENGTH} characters"
    if not re.fullmatch(PATTERN, code):
        return "LEI must only include A to Z and 0 to 9, and end in two numbers"
    try:
        lei.validate(code)
    except ValidationError:
        return "Check the LEI – the last two numbers do not match"
    return None


def confirmation(text: str) -> str:
    """A good LEI, in fours."""
    code = normal(text)
    return "Valid: " + " ".join(code[start : start + 4] for start in range(0, _LENGTH, 4))

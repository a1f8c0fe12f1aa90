"""A sort code of a bank in the United Kingdom."""

import re

from state.domain.formats.plain_text import squeezed

PATTERN = r"[0-9]{6}"


def normal(text: str) -> str:
    """Six digits."""
    return squeezed(text).replace("-", "")


def problem(text: str) -> str | None:
    """What is wrong with a sort code; or None."""
    if not normal(text):
        return "Enter a sort code"
    if re.fullmatch(PATTERN, normal(text)):
        return None
    return "Enter a valid sort code like 309430"


def confirmation(text: str) -> str:
    """A good sort code, in pairs."""
    code = normal(text)
    return f"Valid: sort code {code[:2]}-{code[2:4]}-{code[4:]}"

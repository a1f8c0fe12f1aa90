"""The number of a bank account in the United Kingdom."""

import re

from state.domain.formats.plain_text import squeezed

PATTERN = r"[0-9]{8}"
_LENGTH = 8


def normal(text: str) -> str:
    """Eight digits: shorter numbers get zeros in front."""
    number = squeezed(text).replace("-", "")
    return number.zfill(_LENGTH) if _is_good(number) else number


def problem(text: str) -> str | None:
    """What is wrong with an account number; or None."""
    number = squeezed(text).replace("-", "")
    if not number:
        return "Enter an account number"
    return None if _is_good(number) else "Account number must be between 6 and 8 digits"


def confirmation(text: str) -> str:
    """A good number, as the bank writes it."""
    return f"Valid: account number {normal(text)}"


def _is_good(number: str) -> bool:
    return re.fullmatch(r"[0-9]{6,8}", number) is not None

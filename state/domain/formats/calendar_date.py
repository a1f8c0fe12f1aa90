"""A date, typed in three boxes or given as `2027-03-27`."""

import re
from datetime import date

from state.domain.dates import is_believable, typed_date
from state.domain.formats.plain_text import sentence, tidy

PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_TYPED = re.compile(r"([0-9]{1,2})[ ./-]([0-9]{1,2})[ ./-]([0-9]{4})")


def normal(text: str) -> str:
    """`2027-03-27`; what is no date stays as it was typed."""
    day = read(text)
    return day.isoformat() if day else tidy(text)


def problem(text: str, thing: str = "a date") -> str | None:
    """What is wrong with a date; or None."""
    if not tidy(text):
        return f"Enter {thing}"
    day = read(text)
    if day is None or not is_believable(day):
        return f"{sentence(thing)} must be a real date, like 27 3 2027"
    return None


def read(text: str) -> date | None:
    """The date, or None where it is none."""
    line = tidy(text)
    if found := _ISO.fullmatch(line):
        return typed_date(*reversed(found.groups()))
    if found := _TYPED.fullmatch(line):
        return typed_date(*found.groups())
    return None

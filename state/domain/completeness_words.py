"""How whole and how fresh a dataset is, in words and in the letters of the small picture."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from state.domain.completeness import DayHeld
from state.domain.dates import spoken_date

_MOST_NAMED: Final = 3
_STEPS: Final = (
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


def day_letters(days: Sequence[DayHeld]) -> str:
    """A letter a day: f whole, p in part, n missing, s some rows, - nothing to expect."""
    return "".join(_letter(day) for day in days)


def _letter(day: DayHeld) -> str:
    if day.expected is None:
        return "s" if day.held else "-"
    if day.is_whole:
        return "f"
    return "p" if day.held else "n"


def strip_words(days: Sequence[DayHeld]) -> str:
    """What the small picture shows, for who does not see it."""
    expected = [day for day in days if day.expected is not None]
    if not expected:
        counted = sum(bool(day.held) for day in days)
        return f"Rows on {counted} of the last {len(days)} days; they come as they do"
    lacking = [day for day in expected if not day.is_whole]
    words = f"{len(expected) - len(lacking)} of {len(expected)} days whole"
    if not lacking:
        return words
    named = [f"{spoken_date(day.settlement_date)} {day.held} of {day.expected}" for day in lacking]
    more = len(named) - _MOST_NAMED
    shown = "; ".join(reversed(named[-_MOST_NAMED:])) + (f"; and {more} more" if more > 0 else "")
    return f"{words}. Not whole: {shown}"


def age_words(since: datetime, now: datetime) -> str:
    """`3 minutes`, `2 hours`, `5 days`: how long ago, in the largest whole unit."""
    age = now - since
    for unit, name in _STEPS:
        if age >= unit:
            count = age // unit
            return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"
    return "less than a minute"

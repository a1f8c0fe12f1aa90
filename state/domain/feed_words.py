"""Feeds in words: how one does, how often it is asked, and who took data in."""

from datetime import timedelta
from typing import Final

from state.domain.feed_health import FeedHealth

HEALTH_WORDS: Final[dict[FeedHealth, tuple[str, str]]] = {
    FeedHealth.FAILING: ("Failing", "bad"),
    FeedHealth.RESTING: ("Resting", "bad"),
    FeedHealth.LATE: ("Late", "warn"),
    FeedHealth.PAUSED: ("Paused", "plain"),
    FeedHealth.NEVER: ("Never run", "info"),
    FeedHealth.WELL: ("Well", "good"),
}
"""How each is said, and its tone; the most urgent first."""

CIRCUIT_WORDS: Final = {
    "closed": "Closed: questions go through",
    "open": "Open: no questions, for now",
    "half_open": "Half open: the next question is a trial",
}
"""Where the circuit stands."""

_WHO: Final = {"clock": "The timetable", "console": "The command line"}
_UNITS: Final = ((60 * 24, "day"), (60, "hour"), (1, "minute"))


def every_words(minutes: int) -> str:
    """`every 5 minutes`, `every hour`, `every day`."""
    size, name = next((size, name) for size, name in _UNITS if minutes % size == 0)
    count = minutes // size
    return f"every {name}" if count == 1 else f"every {count} {name}s"


def ahead_words(wait: timedelta) -> str:
    """`in 4 minutes`; `now` where it is due."""
    if wait <= timedelta(0):
        return "now"
    minutes = max(1, round(wait / timedelta(minutes=1)))
    size, name = next((size, name) for size, name in _UNITS if minutes >= size)
    count = round(minutes / size)
    return f"in {count} {name}" if count == 1 else f"in {count} {name}s"


def taken_in_by(reference: str) -> str:
    """Who took data in, from how the audit trail names them."""
    return _WHO.get(reference, reference.replace("person:", "Person "))

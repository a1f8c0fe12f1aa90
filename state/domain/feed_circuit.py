"""A feed that fails again and again rests, and is tried with one request before it goes on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from state.domain import rules


class CircuitState(StrEnum):
    """Closed lets questions through; open lets none; half open lets one through to try."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Circuit:
    """How many runs in a row have failed, and until when the feed rests."""

    failures: int = 0
    open_until: datetime | None = None

    def state(self, now: datetime) -> CircuitState:
        """Where it stands at a moment."""
        if self.open_until is None:
            return CircuitState.CLOSED
        return CircuitState.OPEN if now < self.open_until else CircuitState.HALF_OPEN


def after_success() -> Circuit:
    """One good answer closes it."""
    return Circuit()


def after_failure(before: Circuit, now: datetime, *, not_before: datetime | None = None) -> Circuit:
    """Open after so many failures, and each time for longer; never before the service said."""
    failures = before.failures + 1
    rest = _rest(failures, now.date())
    until = now + rest if rest else None
    ends = [one for one in (until, not_before) if one is not None]
    return Circuit(failures, max(ends) if ends else None)


def _rest(failures: int, on: date) -> timedelta | None:
    """None while there are too few failures; then twice as long with each."""
    beyond = failures - rules.number_on("feed_failures_before_rest", on)
    if beyond < 0:
        return None
    first = rules.number_on("feed_first_rest_minutes", on)
    longest = rules.number_on("feed_longest_rest_minutes", on)
    doubled = first * 2 ** min(beyond, 16)
    return timedelta(minutes=min(doubled, longest))

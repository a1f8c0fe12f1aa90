"""How a feed does, in one word: what staff look at first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from state.domain.feed_circuit import Circuit, CircuitState


class FeedHealth(StrEnum):
    """How a feed does; the most urgent first."""

    FAILING = "failing"
    RESTING = "resting"
    LATE = "late"
    PAUSED = "paused"
    NEVER = "never"
    WELL = "well"


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What is known of a feed's runs."""

    paused: bool
    circuit: Circuit
    every: timedelta
    next_run_at: datetime | None
    last_good_at: datetime | None
    failed: bool


def health_of(facts: FeedFacts, now: datetime) -> FeedHealth:
    """How it does now. It is late when it has not begun for longer than it waits between runs."""
    if facts.paused:
        return FeedHealth.PAUSED
    if facts.circuit.state(now) is CircuitState.OPEN:
        return FeedHealth.RESTING
    if facts.failed:
        return FeedHealth.FAILING
    if facts.last_good_at is None or facts.next_run_at is None:
        return FeedHealth.NEVER
    return FeedHealth.LATE if now > facts.next_run_at + facts.every else FeedHealth.WELL

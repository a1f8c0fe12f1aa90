"""How the public service may be asked: limits that are the operator's own dated numbers."""

from dataclasses import dataclass
from datetime import date

from state.domain import rules


@dataclass(frozen=True, slots=True)
class FeedLimits:
    """The limits of one day. Waits and answers in seconds, the largest answer in bytes."""

    requests_a_minute: int
    tries_most: int
    first_wait_seconds: int
    longest_wait_seconds: int
    answer_most_bytes: int
    answer_within_seconds: int
    silent_within_seconds: int


def feed_limits(on: date) -> FeedLimits:
    """The limits in force on a day."""
    return FeedLimits(
        requests_a_minute=rules.number_on("feed_requests_a_minute", on),
        tries_most=rules.number_on("feed_tries_most", on),
        first_wait_seconds=rules.number_on("feed_first_wait_seconds", on),
        longest_wait_seconds=rules.number_on("feed_longest_wait_seconds", on),
        answer_most_bytes=rules.number_on("feed_answer_most_megabytes", on) * 1024**2,
        answer_within_seconds=rules.number_on("feed_answer_within_seconds", on),
        silent_within_seconds=rules.number_on("feed_silent_within_seconds", on),
    )


def wait_seconds(tries: int, limits: FeedLimits, chance: float) -> float:
    """How long to wait after so many failed tries: twice as long each time, half of it by chance.

    `chance` is a number from 0 to 1. Programs that failed together do not come back together.
    """
    whole: float = min(limits.first_wait_seconds * 2 ** (tries - 1), limits.longest_wait_seconds)
    return whole * (1 + chance) / 2

"""What can go wrong when the public service is asked: each fault by its name, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FeedFault(StrEnum):
    """Why an answer could not be used; nothing of it was stored."""

    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"
    NOT_ALLOWED = "not_allowed"
    NOT_THERE = "not_there"
    REFUSED = "refused"
    MOVED = "moved"
    OTHER_KIND = "other_kind"
    UNREADABLE = "unreadable"
    NO_ROWS = "no_rows"
    TOO_LARGE = "too_large"
    NOT_PUBLIC = "not_public"
    OTHER_SHAPE = "other_shape"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class FaultWords:
    """A fault for people, what they can do about it, and whether to try again at once."""

    words: str
    remedy: str
    again: bool = True


FAULTS: Final[Mapping[FeedFault, FaultWords]] = {
    FeedFault.UNREACHABLE: FaultWords(
        "The service cannot be reached.",
        "Check its address and this server's way out. It is tried again by itself.",
    ),
    FeedFault.TOO_SLOW: FaultWords(
        "The service took too long to answer.",
        "It is tried again by itself. If it goes on, ask for less at once (step_hours).",
    ),
    FeedFault.TOO_MANY: FaultWords(
        "The service says that it was asked too often.",
        "It is tried again when the service says. If it goes on, lower the requests a minute.",
    ),
    FeedFault.UNAVAILABLE: FaultWords(
        "The service says that it is out of order.",
        "It is tried again by itself. Nothing is lost: what was missed is asked for later.",
    ),
    FeedFault.NOT_ALLOWED: FaultWords(
        "The service does not let us in.",
        "Check the address: the public service needs no key.",
        again=False,
    ),
    FeedFault.NOT_THERE: FaultWords(
        "The service has nothing at this address.",
        "Check the path in the definition of the dataset.",
        again=False,
    ),
    FeedFault.REFUSED: FaultWords(
        "The service refused the question.",
        "Check the path and step_hours in the definition of the dataset.",
        again=False,
    ),
    FeedFault.MOVED: FaultWords(
        "The service points elsewhere, and we do not follow.",
        "Set KINNECT_FEED_URL, or the path in the definition of the dataset, to where it is now.",
        again=False,
    ),
    FeedFault.OTHER_KIND: FaultWords(
        "The answer is no JSON.",
        "It is tried again by itself. Often something between us and the service answered.",
    ),
    FeedFault.UNREADABLE: FaultWords(
        "The answer is damaged or was cut short.", "It is tried again by itself."
    ),
    FeedFault.NO_ROWS: FaultWords(
        "The answer holds no rows where they are published.",
        "It is tried again by itself. If it goes on, the service has changed its answers.",
    ),
    FeedFault.TOO_LARGE: FaultWords(
        "The answer is larger than we read.",
        "It is tried again by itself. If it goes on, ask for less at once (step_hours).",
    ),
    FeedFault.NOT_PUBLIC: FaultWords(
        "The address of the service does not lead to the public net.",
        "Set KINNECT_FEED_URL to the https address of the service.",
        again=False,
    ),
    FeedFault.OTHER_SHAPE: FaultWords(
        "The answer has other columns than the dataset.",
        "Read the reasons below. If the service has changed its answers, change the definition.",
        again=False,
    ),
    FeedFault.OURS: FaultWords(
        "Something broke on our side.",
        "The log says what. It is tried again by itself.",
        again=False,
    ),
}
"""The words for each fault."""

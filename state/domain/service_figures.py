"""Figures about people's use of the service: none that is about too few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from settlement_engine.working_days import working_days_after

TOO_FEW: Final = None
"""What stands for a figure that is about too few people to be shown."""


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """How many use the service and how long an answer takes; None is too few to be shown.

    `least` is the least number that is shown, `active_days` within how many days somebody counts.
    """

    parties: int | None
    active_people: int | None
    median_working_days_to_answer: float | None
    least: int
    active_days: int


def shown_count(count: int, *, least: int) -> int | None:
    """The count; nothing where it is about too few."""
    return count if count >= least else TOO_FEW


def median_working_days(spans: Sequence[tuple[datetime, datetime]], *, least: int) -> float | None:
    """The middle of how many Working Days each took; nothing where they are too few."""
    if len(spans) < least:
        return TOO_FEW
    return median(_working_days(began, ended) for began, ended in spans)


def _working_days(began: datetime, ended: datetime) -> int:
    day, days = working_days_after(began.date(), 1), 0
    while day <= ended.date():
        day, days = working_days_after(day, 1), days + 1
    return days

"""Alerts on public data: what a person can ask to be told of, and what is one crossing of a line.

Values stand in the order of the moments that they hold at, whenever and however often they were
published. A crossing is an unbroken stretch of them beyond the line. It is told once: a stretch
that touches one that was found before is the same crossing, whether it went on, was published
again, was revised, or was split when a late value came between. So a value that is revised over
the line is told once, and what has been told is never told again when it is revised.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from state.domain.refusal import Refusal
from state.domain.series import Series, UnknownSeriesError, series_named

SERIES: Final = "series"
SIDE: Final = "side"
LINE: Final = "line"
DATASET: Final = "dataset"
_LONGEST: Final = 200


class AlertKind(StrEnum):
    """What is watched: a value above or below a line, or whether a dataset is late."""

    ABOVE = "above"
    BELOW = "below"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A stretch of values beyond a line, from one moment to another, and the furthest of them."""

    first_at: datetime
    last_at: datetime
    value: float

    def touches(self, other: "Crossing") -> bool:
        """Whether both have a moment in common."""
        return self.first_at <= other.last_at and other.first_at <= self.last_at


@dataclass(frozen=True, slots=True)
class Found:
    """Crossings that were not known, and those that were and went on, in the order of time."""

    new: tuple[Crossing, ...]
    grown: tuple[Crossing, ...]


def watched_series(text: str) -> Series:
    """A series that can be watched: one line of it, as it is known.

    Raises:
        UnknownSeriesError: There is none, or the name says not which line.
    """
    found = series_named(text[:_LONGEST])
    if found.as_of is not None:
        raise UnknownSeriesError("Leave out the moment: an alert watches what is known.")
    if found.definition.chart and found.definition.chart.by and not found.of:
        raise UnknownSeriesError(f"{text} has several lines. Say which, as {text}@ and its name.")
    return found


def read_line(text: str) -> float | None:
    """The number that somebody typed; None where it is none."""
    plain = text.strip().replace("−", "-").replace(",", "").replace("£", "")
    try:
        found = float(plain)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def value_refusals(series: str, side: str, line: str) -> tuple[Refusal, ...]:
    """Every reason to refuse an alert on a value, by field."""
    reasons = []
    found = None
    try:
        found = watched_series(series)
    except UnknownSeriesError as fault:
        reasons.append(Refusal(SERIES, str(fault) if series else "Choose what to watch"))
    if side not in {AlertKind.ABOVE, AlertKind.BELOW}:
        reasons.append(Refusal(SIDE, "Choose above or below"))
    number = read_line(line)
    if number is None:
        reasons.append(Refusal(LINE, "Enter the line as a number, like 200"))
    elif found is not None and (wrong := _beyond(found, number)):
        reasons.append(Refusal(LINE, wrong))
    return tuple(reasons)


def crossings(
    values: Iterable[tuple[datetime, float | None]], line: float, kind: AlertKind
) -> tuple[Crossing, ...]:
    """Every crossing among values in the order of time; what has no value breaks none."""
    found: list[Crossing] = []
    is_open = False
    for at, value in values:
        if value is None or math.isnan(value):
            continue
        if not _is_beyond(value, line, kind):
            is_open = False
        elif is_open:
            further = max if kind is AlertKind.ABOVE else min
            found[-1] = replace(found[-1], last_at=at, value=further(found[-1].value, value))
        else:
            found.append(Crossing(at, at, value))
            is_open = True
    return tuple(found)


def found_anew(seen: Sequence[Crossing], known: Sequence[Crossing]) -> Found:
    """Of the crossings that are seen now, those that are new; of those known, those that grew.

    One that is known keeps its first moment, which is its name.
    """
    new, grown = [], []
    for one in seen:
        same = [other for other in known if other.touches(one)]
        if not same:
            new.append(one)
            continue
        last = same[-1]
        if one.last_at > last.last_at or one.value != last.value:
            until = max(one.last_at, last.last_at)
            grown.append(Crossing(last.first_at, until, one.value))
    return Found(tuple(new), tuple(grown))


def _is_beyond(value: float, line: float, kind: AlertKind) -> bool:
    return value > line if kind is AlertKind.ABOVE else value < line


def _beyond(series: Series, line: float) -> str:
    """Why no value can ever cross the line; empty where one can."""
    least, most = series.column.minimum, series.column.maximum
    if (most is not None and line >= most) or (least is not None and line <= least):
        unit = series.column.unit or ""
        return f"Values lie between {least:g} and {most:g} {unit}".strip()
    return ""

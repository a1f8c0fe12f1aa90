"""The market at one moment, at a glance: the newest that is held, or any moment before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import polars as pl

from state.domain.actor import Actor
from state.domain.market_readings import MarketReading, market_datasets, market_readings
from state.domain.permissions import Permission
from state.domain.series import TIME
from state.services.datasets import dataset_versions
from state.services.generation import GenerationNow, generation_now
from state.services.outages import outages_of
from state.services.publishing import closed_datasets
from state.services.series import latest_moment, series_lines

MOST_OUTAGES: Final = 6
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure in its series' unit, when it began to hold, and `trail`: its `time` and `value`.

    Of a forecast it is the lowest value to come; `before` is the value before it, if there is one.
    """

    of: MarketReading
    at: datetime
    value: float
    before: float | None
    trail: pl.DataFrame


@dataclass(frozen=True, slots=True)
class MarketNow:
    """What runs, what it costs and what is out at a moment; none where nothing is held of it.

    Outages are the largest of `outage_count`; together all of them take away `unavailable_mw`.
    """

    at: datetime | None
    generation: GenerationNow | None
    readings: tuple[Reading, ...]
    outages: tuple[Mapping[str, Any], ...]
    outage_count: int
    unavailable_mw: float


def market_versions(*, actor: Actor) -> tuple[int, ...]:
    """Numbers that change whenever a figure may."""
    actor.require(Permission.INSIGHTS_READ)
    closed = closed_datasets(actor=actor)
    return dataset_versions(
        actor=actor, names=[one for one in market_datasets() if one not in closed]
    )


def market_now(*, actor: Actor, at: datetime | None = None) -> MarketNow:
    """The market at a moment; without one, at the newest that there is of each figure."""
    actor.require(Permission.INSIGHTS_READ)
    generation = generation_now(actor=actor, at=at)
    ends = {
        one.name: at or latest_moment(actor=actor, wanted=[one.of]) for one in market_readings()
    }
    happened = [ends[one.name] for one in market_readings() if not one.ahead]
    newest = max(
        (end for end in (generation and generation.start_at, *happened) if end), default=None
    )
    moment = at or newest
    found = [
        reading
        for one in market_readings()
        if (end := moment if one.ahead else ends[one.name]) is not None
        and (reading := _reading(actor, one, end)) is not None
    ]
    out = _out(actor, moment) if moment else []
    return MarketNow(
        at=moment,
        generation=generation,
        readings=tuple(found),
        outages=tuple(out[:MOST_OUTAGES]),
        outage_count=len(out),
        unavailable_mw=sum(_missing(one) for one in out),
    )


def _reading(actor: Actor, of: MarketReading, end: datetime) -> Reading | None:
    series, hours = of.of, timedelta(hours=of.hours)
    span = (end, end + hours) if of.ahead else (end + _INSTANT - hours, end + _INSTANT)
    lines = series_lines(actor=actor, wanted=[series], from_at=span[0], until_at=span[1])
    trail = lines.rows.select(TIME, value=pl.col(series.id).cast(pl.Float64))
    held = trail.drop_nulls("value")
    if held.is_empty():
        return None
    shown = held.sort("value", TIME).row(0) if of.ahead else held.row(-1)
    before = held.row(-2)[1] if held.height > 1 and not of.ahead else None
    return Reading(of=of, at=shown[0], value=shown[1], before=before, trail=trail)


def _out(actor: Actor, moment: datetime) -> list[dict[str, Any]]:
    """What cannot run in full at the moment, the largest first."""
    day: date = moment.astimezone(UTC).date()
    rows = outages_of(actor=actor, since=day, until=day).rows
    now = [
        one
        for one in rows
        if one["eventStartTime"] <= moment
        and (one["eventEndTime"] is None or one["eventEndTime"] > moment)
        and _missing(one) > 0
    ]
    return sorted(now, key=lambda one: (-_missing(one), one["mrid"]))


def _missing(one: Mapping[str, Any]) -> float:
    """MW that the unit cannot give: as its company says, or what is left of its capacity."""
    said = one["unavailableCapacity"]
    if said is not None:
        return float(said)
    return float((one["normalCapacity"] or 0) - (one["availableCapacity"] or 0))

"""Lines of a chart: any public series on one clock, thinned without losing extremes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import polars as pl
from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.datasets import ChartHints, Dataset
from state.domain.permissions import Permission
from state.domain.series import TIME, Series, drawable, drawable_datasets
from state.domain.series_views import words_of
from state.domain.thinning import thinned
from state.persistence.publishing import public_reading, publishing_version
from state.persistence.queries.dataset_catalogue import last_day, version
from state.persistence.queries.series_values import rows_known, start_of, values_of

_MOST_CHOICES: Final = 60
_OF_UNITS: Final = ChartHints(by="bm_unit")
"""Lines of single BM Units are drawn on the page of the unit."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A column a series beside the moments, in order; null where a series has no value.

    Thinned, each bucket keeps the moments of the lowest and highest value of each series.
    """

    rows: pl.DataFrame
    step_seconds: int
    bucket_seconds: int
    thinned: bool


def series_lines(  # a question has this many sides
    *,
    actor: Actor,
    wanted: Sequence[Series],
    from_at: datetime,
    until_at: datetime,
    points: int | None = None,
    as_of: datetime | None = None,
) -> Lines:
    """Values from from_at up to, not including, until_at. Columns are `time` and each series' id.

    A series that holds longer than the finest stands in every moment that its value holds at.
    """
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        parts = [
            values_of(session, one, from_at=from_at, until_at=until_at, as_of=as_of)
            for one in wanted
        ]
    rows = _on_one_clock(wanted, parts)
    ids = [one.id for one in wanted]
    fewer = thinned(rows, ids, points or rows.height)
    step = min(one.hints.step_seconds for one in wanted)
    return Lines(fewer.rows, step, step * fewer.rows_per_bucket, fewer.rows_per_bucket > 1)


def series_versions(*, actor: Actor, wanted: Sequence[Series]) -> tuple[int, ...]:
    """Numbers that change whenever a value of a series may."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        versions = (version(session, one.definition.name) for one in wanted)
        return (*versions, publishing_version(session))


def latest_moment(*, actor: Actor, wanted: Sequence[Series]) -> datetime | None:
    """When the newest value of the first series begins; none where nothing is held of it."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        day = last_day(session, wanted[0].definition.name)
        if day is None:
            return None
        rows = rows_known(session, wanted[0].definition, day, day, None)
        found = rows.select(start_of(wanted[0].definition).max()).collect()
    return found.item()  # type: ignore[no-any-return]  # a moment or none


def series_choices(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Names of series that hold something, with what people call them."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        return tuple(
            choice
            for definition in drawable_datasets()
            if definition.chart != _OF_UNITS
            and (day := last_day(session, definition.name)) is not None
            for choice in _choices(definition, _ofs(session, definition, day))
        )


def _ofs(session: Session, definition: Dataset, day: date) -> list[str | None]:
    by = definition.chart.by if definition.chart else None
    if by is None:
        return [None]
    rows = rows_known(session, definition, day, day, None)
    return list(rows.select(pl.col(by).unique().sort()).collect()[by].head(_MOST_CHOICES))


def _choices(definition: Dataset, ofs: list[str | None]) -> list[tuple[str, str]]:
    found = [Series(definition, column, of, None) for column in drawable(definition) for of in ofs]
    return [(one.id, words_of(one)) for one in found]


def _on_one_clock(wanted: Sequence[Series], parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    times = pl.concat([part.select(TIME) for part in parts]).unique().sort(TIME)
    for one, part in zip(wanted, parts, strict=True):
        holds = timedelta(seconds=one.hints.step_seconds) - timedelta(microseconds=1)
        times = times.join_asof(part, on=TIME, strategy="backward", tolerance=holds)
    return times

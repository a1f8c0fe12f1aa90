"""How whole and how fresh each public dataset is: of its days, and of the periods of a day."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

import polars as pl
from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.completeness import SEEN_WITHIN, DayHeld, days_held, distinct, periods_held
from state.domain.datasets import Dataset, dataset, datasets
from state.domain.lateness import late_from
from state.domain.permissions import Permission
from state.persistence.datasets import parts, scan, valid_day
from state.persistence.publishing import public_reading
from state.persistence.queries.dataset_catalogue import Totals, last_updates, totals
from state.persistence.transaction import data_directory, reading
from state.services.publishing import closed_datasets, require_published

DAYS_SHOWN: Final = 28


@dataclass(frozen=True, slots=True)
class DatasetStatus:
    """One dataset that is held: when it last grew, and its last whole days, oldest first."""

    definition: Dataset
    updated_at: datetime
    rows: int
    first_day: date
    last_day: date
    days: tuple[DayHeld, ...]

    def is_late(self, now: datetime) -> bool:
        """Whether a row should have come by now, by the dataset's own timetable."""
        since = late_from(self.definition, updated_at=self.updated_at, last_day=self.last_day)
        return since is not None and since < now

    @property
    def days_with_gaps(self) -> int:
        """Days of those shown that should have more rows than they have."""
        return sum(day.expected is not None and not day.is_whole for day in self.days)


@dataclass(frozen=True, slots=True)
class StatusOfAll:
    """Every dataset that is open: those that are held, and those of which nothing has come yet."""

    held: tuple[DatasetStatus, ...]
    empty: tuple[Dataset, ...]


def status_of_all(*, actor: Actor, today: date) -> StatusOfAll:
    """How whole and fresh every open dataset is, over the last days before today."""
    actor.require(Permission.INSIGHTS_READ)
    public = [one for one in datasets().values() if one.classification == "public"]
    closed = closed_datasets(actor=actor)
    public = [one for one in public if one.name not in closed]
    with public_reading() as session:
        held, updated = totals(session), last_updates(session)
    return StatusOfAll(
        tuple(
            _status(one, held[one.name], updated[one.name], today)
            for one in public
            if one.name in held
        ),
        tuple(one for one in public if one.name not in held),
    )


def days_of(*, actor: Actor, name: str, today: date) -> tuple[DayHeld, ...]:
    """What is held of the last days of one dataset, before today.

    Raises:
        NotAllowedError: The dataset is confidential and the actor may not read it.
        NotPublishedError: It is closed to the public.
    """
    definition = dataset(name)
    _require_read(actor, definition)
    is_public = not actor.may(Permission.FEED_VIEW)
    with _reading(is_public=is_public) as session:
        found = totals(session).get(name)
    if found is None:
        return ()
    where = str(data_directory())
    return _days(name, found.version, found.first_day, today, where, is_public=is_public)


def periods_of(*, actor: Actor, name: str, since: date, until: date) -> pl.DataFrame:
    """Rows held and expected of each Settlement Period of the days since to until, both included.

    Columns: settlement_date, settlement_period, held, expected; the last two are empty where
    nothing says how many rows a period has.

    Raises:
        NotAllowedError: The dataset is confidential and the actor may not read it.
        NotPublishedError: It is closed to the public.
    """
    definition = dataset(name)
    _require_read(actor, definition)
    is_public = not actor.may(Permission.FEED_VIEW)
    found = _distinct(definition, since, until, is_public=is_public)
    return periods_held(definition, found, since=since, until=until)


def _require_read(actor: Actor, definition: Dataset) -> None:
    public = definition.classification == "public"
    actor.require(Permission.INSIGHTS_READ if public else Permission.DATA_INGEST)
    if not actor.may(Permission.FEED_VIEW):
        require_published(actor=actor, names=[definition.name])


def _status(definition: Dataset, found: Totals, updated_at: datetime, today: date) -> DatasetStatus:
    where = str(data_directory())
    name = definition.name
    days = _days(name, found.version, found.first_day, today, where, is_public=True)
    return DatasetStatus(definition, updated_at, found.rows, found.first_day, found.last_day, days)


@lru_cache(maxsize=512)
def _days(  # what the answer depends on
    name: str, _version: int, first_day: date, today: date, _where: str, *, is_public: bool
) -> tuple[DayHeld, ...]:
    """Worked out once a version and a day. Before its first day nothing is missing."""
    definition = dataset(name)
    since, until = today - timedelta(days=DAYS_SHOWN), today - timedelta(days=1)
    rows = _distinct(definition, since, until, is_public=is_public)
    found = days_held(definition, rows, since=since, until=until)
    return tuple(
        day if day.settlement_date >= first_day else replace(day, expected=None) for day in found
    )


def _distinct(definition: Dataset, since: date, until: date, *, is_public: bool) -> pl.DataFrame:
    first = since - SEEN_WITHIN
    with _reading(is_public=is_public) as session:
        held = parts(session, definition.name, since=first, until=until)
    rows = scan(definition, held).filter(valid_day(definition).is_between(first, until))
    return distinct(definition, rows).collect()


def _reading(*, is_public: bool) -> AbstractContextManager[Session]:
    """What is closed or held back is there for those alone who look after feeds."""
    return public_reading() if is_public else reading()

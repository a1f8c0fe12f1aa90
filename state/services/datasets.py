"""The store of datasets: read rows as they are or were known, and say what there is."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from state.domain.actor import Actor
from state.domain.datasets import Dataset, Kept, dataset, datasets
from state.domain.permissions import Permission
from state.domain.publishing import PublishingSetting
from state.persistence.kept_rows import installed_kept_rows
from state.persistence.publishing import public_reading, publishing_version
from state.persistence.queries.dataset_catalogue import (
    Totals,
    added_after,
    last_ingest,
    totals,
    version,
)
from state.persistence.queries.dataset_rows import VersionedRows, versioned_rows
from state.persistence.transaction import reading
from state.services.publishing import closed_datasets, publishing_lags, require_published


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """What the store holds of one dataset; version 0 and no days where it holds nothing.

    `closed` says why the public does not read it; then it holds nothing for whoever is the public.
    `kept` says for how long its rows are kept, where that is not for ever; `lag_minutes`, how long
    after they were published the public reads them.
    """

    definition: Dataset
    version: int = 0
    rows: int = 0
    files: int = 0
    first_day: date | None = None
    last_day: date | None = None
    closed: PublishingSetting | None = None
    kept: Kept | None = None
    lag_minutes: int = 0


@dataclass(frozen=True, slots=True)
class DatasetChange:
    """One run that added rows to a dataset; `version` is the dataset's after it."""

    ingest: int
    dataset: str
    version: int
    rows: int
    first_day: date
    last_day: date


def dataset_rows(
    *,
    actor: Actor,
    name: str,
    since: date | None = None,
    until: date | None = None,
    as_of: datetime | None = None,
    columns: Sequence[str] | None = None,
) -> VersionedRows:
    """The latest revision of each row of the Settlement Dates since to until, both included.

    With `as_of`, the latest that was known at that moment. `ingested_at` is a column like others.

    Raises:
        NotAllowedError: The dataset is confidential and the actor may not read it.
        NotPublishedError: It is closed to the public.
    """
    _require_read(actor, dataset(name))
    with _reading(actor) as session:
        return versioned_rows(session, name, since=since, until=until, as_of=as_of, columns=columns)


def dataset_version(*, actor: Actor, name: str) -> int:
    """A number that grows whenever the dataset does; 0 when it has no rows."""
    _require_read(actor, dataset(name))
    with _reading(actor) as session:
        return version(session, name)


def dataset_versions(*, actor: Actor, names: Sequence[str]) -> tuple[int, ...]:
    """Numbers that change whenever an answer made from the datasets may.

    Raises:
        NotAllowedError: One is confidential and the actor may not read it.
        NotPublishedError: One is closed to the public.
    """
    for name in names:
        _require_read(actor, dataset(name))
    with _reading(actor) as session:
        versions = (version(session, name) for name in names)
        return (*versions, publishing_version(session))


def dataset_days(*, actor: Actor, name: str) -> tuple[date, date] | None:
    """The first and the last day that rows are held of; none before any were taken in.

    None for the public where the dataset is closed; `publishing.why_closed` says why.
    """
    public = dataset(name).classification == "public"
    actor.require(Permission.INSIGHTS_READ if public else Permission.DATA_INGEST)
    with _reading(actor) as session:
        found = totals(session).get(name)
    return None if found is None else (found.first_day, found.last_day)


def datasets_held(*, actor: Actor) -> tuple[DatasetSummary, ...]:
    """Every dataset that the actor may read, with what the store holds of it."""
    actor.require(Permission.INSIGHTS_READ)
    closed, kept = closed_datasets(actor=actor), installed_kept_rows()
    lags = publishing_lags(actor=actor)
    with _reading(actor) as session:
        held = totals(session)
    return tuple(
        replace(
            _summary(name, held),
            closed=closed.get(name),
            kept=kept.get(name),
            lag_minutes=lags.get(name, 0),
        )
        for name in _readable(actor)
    )


def changes_after(*, actor: Actor, ingest: int, at_most: int = 1000) -> tuple[DatasetChange, ...]:
    """What was added to datasets that the actor may read by later runs than the one given."""
    actor.require(Permission.INSIGHTS_READ)
    with _reading(actor) as session:
        added = added_after(session, _readable(actor), ingest=ingest, at_most=at_most)
    names = DatasetChange.__slots__
    return tuple(DatasetChange(**{name: getattr(run, name) for name in names}) for run in added)


def latest_ingest(*, actor: Actor) -> int:
    """The number of the last run that added anything the actor may read; 0 before the first."""
    actor.require(Permission.INSIGHTS_READ)
    with _reading(actor) as session:
        return last_ingest(session, _readable(actor))


def _summary(name: str, held: dict[str, Totals]) -> DatasetSummary:
    found = held.get(name)
    if found is None:
        return DatasetSummary(dataset(name))
    return DatasetSummary(
        dataset(name), found.version, found.rows, found.files, found.first_day, found.last_day
    )


def _readable(actor: Actor) -> tuple[str, ...]:
    return tuple(name for name, definition in datasets().items() if _may_read(actor, definition))


def _may_read(actor: Actor, definition: Dataset) -> bool:
    return definition.classification == "public" or actor.may(Permission.DATA_INGEST)


def _require_read(actor: Actor, definition: Dataset) -> None:
    public = definition.classification == "public"
    actor.require(Permission.INSIGHTS_READ if public else Permission.DATA_INGEST)
    if not actor.may(Permission.DATA_INGEST):
        require_published(actor=actor, names=[definition.name])


def _reading(actor: Actor) -> AbstractContextManager[Session]:
    """What is closed or held back is there for those alone who take data in."""
    return reading() if actor.may(Permission.DATA_INGEST) else public_reading()

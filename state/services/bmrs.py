"""The public data under their official names: one question, the rows that answer it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import polars as pl

from settlement_engine.periods import period_count
from state.domain.actor import Actor
from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.catalogue import Endpoint
from state.domain.bmrs.conditions import by_publication, window
from state.domain.bmrs.views import codes_of, is_plain, shaped, view_of
from state.domain.permissions import Permission
from state.persistence.datasets import parts
from state.persistence.publishing import public_reading, publishing_version
from state.persistence.queries.dataset_catalogue import version
from state.persistence.queries.public_source import StoredSource, public_dataset

MOST_ROWS_AT_ONCE: Final = 400_000
"""Of one part of a long answer: some 100 MB while it is written."""

Days = tuple[date, date]


class NothingThereError(LookupError):
    """The address names a Settlement Period that its day does not have."""


def public_versions(*, actor: Actor, endpoint: Endpoint) -> tuple[int, ...]:
    """Numbers that change whenever an answer of the endpoint may."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        found = [public_dataset(code) for code in codes_of(endpoint)]
        versions = (version(session, one.name) for one in found if one is not None)
        return (*versions, publishing_version(session))


def published_under(*, actor: Actor, endpoint: Endpoint) -> tuple[str, ...]:
    """Names of the datasets whose rows an endpoint publishes."""
    actor.require(Permission.INSIGHTS_READ)
    found = (public_dataset(code) for code in codes_of(endpoint))
    return tuple(one.name for one in found if one is not None)


def public_rows(
    *, actor: Actor, endpoint: Endpoint, asked: Arguments, days: Days | None = None
) -> pl.DataFrame:
    """Rows with the names, types and order of columns that the endpoint publishes.

    With `as_of`, as they were known at that moment. Numbers are in the unit of the dataset. `days`
    are one of the parts of `public_parts`.

    Raises:
        NothingThereError: The day asked for has no such Settlement Period.
    """
    actor.require(Permission.INSIGHTS_READ)
    _check_period(endpoint, asked)
    with public_reading() as session:
        source = StoredSource(session, asked, days)
        rows = view_of(endpoint)(source, source.resolved(asked))
        return (shaped(rows, endpoint) if endpoint.fields else rows).collect()


def public_parts(
    *, actor: Actor, endpoint: Endpoint, asked: Arguments, most_rows: int = MOST_ROWS_AT_ONCE
) -> tuple[Days | None, ...]:
    """In which parts to read an answer: whole, or so many days at a time where it is long.

    Only rows of one dataset can be read in parts: what is worked out of several needs them all.
    """
    actor.require(Permission.INSIGHTS_READ)
    held = public_dataset(endpoint.codes[0]) if endpoint.codes and is_plain(endpoint) else None
    if held is None:
        return (None,)
    since, until = window(asked)
    if (since, until) == (None, None) and not by_publication(asked):
        return (None,)
    with public_reading() as session:
        found = parts(session, held.name, since=since, until=until)
    rows = sum(part.rows for part in found)
    if rows <= most_rows:
        return (None,)
    first = max(since or date.min, min(part.first_day for part in found))
    last = min(until or date.max, max(part.last_day for part in found))
    days = (last - first).days + 1
    step = timedelta(days=max(1, days * most_rows // rows))
    return tuple(_cut(first, last, step))


def _cut(first: date, last: date, step: timedelta) -> Iterator[Days]:
    while first <= last:
        yield first, min(last, first + step - timedelta(days=1))
        first += step


def _check_period(endpoint: Endpoint, asked: Arguments) -> None:
    day, period = asked.get("settlementDate"), asked.get("settlementPeriod")
    if "{settlementPeriod}" in endpoint.path and period > period_count(day):
        raise NothingThereError(
            f"{day} has {period_count(day)} Settlement Periods; there is no period {period}."
        )

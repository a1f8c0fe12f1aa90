"""The public data under their official names: one question, the rows that answer it."""

import polars as pl

from settlement_engine.periods import period_count
from state.domain.actor import Actor
from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.catalogue import Endpoint
from state.domain.bmrs.views import codes_of, shaped, view_of
from state.domain.permissions import Permission
from state.persistence.queries.dataset_catalogue import version
from state.persistence.queries.public_source import StoredSource, public_dataset
from state.persistence.transaction import reading


class NothingThereError(LookupError):
    """The address names a Settlement Period that its day does not have."""


def public_versions(*, actor: Actor, endpoint: Endpoint) -> tuple[int, ...]:
    """Numbers that change whenever an answer of the endpoint may."""
    actor.require(Permission.INSIGHTS_READ)
    with reading() as session:
        found = [public_dataset(code) for code in codes_of(endpoint)]
        return tuple(version(session, one.name) for one in found if one is not None)


def public_rows(*, actor: Actor, endpoint: Endpoint, asked: Arguments) -> pl.DataFrame:
    """Rows with the names, types and order of columns that the endpoint publishes.

    With `as_of`, as they were known at that moment. Numbers are in the unit of the dataset.

    Raises:
        NothingThereError: The day asked for has no such Settlement Period.
    """
    actor.require(Permission.INSIGHTS_READ)
    _check_period(endpoint, asked)
    with reading() as session:
        source = StoredSource(session, asked)
        rows = view_of(endpoint)(source, source.resolved(asked))
        return (shaped(rows, endpoint) if endpoint.fields else rows).collect()


def _check_period(endpoint: Endpoint, asked: Arguments) -> None:
    day, period = asked.get("settlementDate"), asked.get("settlementPeriod")
    if "{settlementPeriod}" in endpoint.path and period > period_count(day):
        raise NothingThereError(
            f"{day} has {period_count(day)} Settlement Periods; there is no period {period}."
        )

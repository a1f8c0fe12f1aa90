"""Values of one series over time, as the charts and the alerts read them."""

from datetime import date, datetime, timedelta

import polars as pl
from sqlmodel import Session

from settlement_engine.periods import period_start_expression, settlement_period_of
from state.domain.datasets import MOMENT, Dataset
from state.domain.series import TIME, Series
from state.persistence.queries.dataset_rows import known_rows


def values_of(
    session: Session,
    one: Series,
    *,
    from_at: datetime,
    until_at: datetime,
    as_of: datetime | None = None,
) -> pl.DataFrame:
    """Values that hold from from_at up to, not including, until_at, in the order of time.

    Columns are `time`, when each begins to hold, and the id of the series.
    """
    since = settlement_period_of(from_at)[0] - timedelta(days=1)
    until = settlement_period_of(until_at)[0]
    rows = rows_known(session, one.definition, since, until, one.as_of or as_of)
    if one.of is not None and one.hints.by is not None:
        rows = rows.filter(pl.col(one.hints.by) == one.of)
    start = start_of(one.definition)
    longest = timedelta(seconds=one.hints.step_seconds)
    return (
        rows.select(start.cast(MOMENT).alias(TIME), pl.col(one.column.name).alias(one.id))
        .filter((pl.col(TIME) > from_at - longest) & (pl.col(TIME) < until_at))
        .unique(TIME, keep="last")
        .sort(TIME)
        .collect()
    )


def rows_known(
    session: Session,
    definition: Dataset,
    since: date,
    until: date,
    as_of: datetime | None,
) -> pl.LazyFrame:
    """The latest revision of each row of the days since to until, unread."""
    return known_rows(
        session, definition, since=since, until=until, as_of=as_of, every_publication=False
    )


def start_of(definition: Dataset) -> pl.Expr:
    """When a value begins to hold: as the rows say, or the start of their period or day."""
    schema = definition.polars_schema
    if schema[definition.valid_time] == MOMENT:
        return pl.col(definition.valid_time)
    for name in ("from_at", "start_at"):
        if name in schema:
            return pl.col(name)
    if "settlement_period" in schema:
        return period_start_expression()
    return period_start_expression(definition.valid_time, pl.lit(1))

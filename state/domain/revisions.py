"""Revisions: which rows are new to the store, and which of several for one key is the latest.

A row that names its publish time outranks one that does not; then the later publish time wins,
then the later run that took it in, and within a run the row of no named vintage. A row was known
from its publish time on or, where that is not known, from when it was taken in. What is revised
together (one key, or all rows of a period) is replaced whole.
"""

from datetime import datetime
from typing import Final

import polars as pl

from state.domain.datasets import INGESTED_AT, PUBLISHED_AT, Dataset

_RUN: Final = "ingest_id"


def known_at(rows: pl.LazyFrame, as_of: datetime) -> pl.LazyFrame:
    """Rows that were published or, that unknown, taken in at the moment or before."""
    return rows.filter(pl.coalesce(PUBLISHED_AT, INGESTED_AT) <= as_of)


def latest(dataset: Dataset, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The latest revision of each key, in the order of the keys."""
    rank = [PUBLISHED_AT, INGESTED_AT, _RUN, *filter(None, [dataset.vintage])]
    ordered = rows.sort(
        *dataset.key, *rank, nulls_last=_unnamed_last([*dataset.key, *rank], dataset)
    )
    if dataset.revision == dataset.key:
        return ordered.unique(subset=list(dataset.key), keep="last", maintain_order=True)
    newest = (
        rows.select(*dataset.revision, *rank)
        .sort(rank, nulls_last=_unnamed_last(rank, dataset))
        .unique(subset=list(dataset.revision), keep="last", maintain_order=True)
    )
    return ordered.join(
        newest,
        on=[*dataset.revision, *rank],
        how="semi",
        nulls_equal=True,
        maintain_order="left",
    )


def _unnamed_last(columns: list[str], dataset: Dataset) -> list[bool]:
    return [column == dataset.vintage for column in columns]


def not_held(dataset: Dataset, given: pl.DataFrame, held: pl.LazyFrame) -> pl.DataFrame:
    """The given rows that the store does not have: an equal row under equal publish time is held.

    Of what is revised together, all rows are new unless one earlier run brought exactly these.
    """
    columns = list(dataset.polars_schema)
    if dataset.revision == dataset.key:
        return given.join(held.select(columns).collect(), on=columns, how="anti", nulls_equal=True)
    group = [*dataset.revision, *dataset.publication]
    earlier = held.select(*columns, _RUN).collect()
    equal = (
        given.join(earlier, on=columns, how="inner", nulls_equal=True)
        .group_by(*group, _RUN)
        .agg(equal=pl.len())
    )
    brought = earlier.group_by(*group, _RUN).agg(brought=pl.len())
    asked = given.group_by(group).agg(asked=pl.len())
    same = (
        equal.join(brought, on=[*group, _RUN], nulls_equal=True)
        .join(asked, on=group, nulls_equal=True)
        .filter((pl.col("equal") == pl.col("brought")) & (pl.col("equal") == pl.col("asked")))
    )
    return given.join(same, on=group, how="anti", nulls_equal=True)

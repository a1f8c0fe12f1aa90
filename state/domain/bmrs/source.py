"""Stored rows under their official names: what every view of the public data starts from."""

from collections.abc import Sequence
from typing import Final, Protocol

import polars as pl

from settlement_engine.periods import (
    period_start_expression,
    settlement_date_of,
    settlement_period_of_expression,
)
from state.domain.datasets import Dataset


class Source(Protocol):
    """Rows of the public data, known at the moment asked for."""

    def rows(
        self, code: str, *, every_publication: bool = False, always: bool = False
    ) -> pl.LazyFrame:
        """Rows of a dataset by its official code and names; latest revisions unless asked.

        Only of the days that the question is about, unless `always`. A dataset that is not held has
        no rows, of the columns that its definition names.
        """
        ...


def official(definition: Dataset, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of the store with the names, periods and starts of the public service.

    An empty text in a key stands for a value that was not published.
    """
    names = definition.official_names
    texts = {column.name for column in definition.columns if column.type == "text"}
    given = [
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(public)
        if name in texts and name in definition.key
        else pl.col(name).alias(public)
        for name, public in names.items()
    ]
    rest = [name for name in definition.polars_schema if name not in names]
    return with_times(rows.select(*given, *rest))


def with_times(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Settlement Date, Settlement Period and start, each from the others where absent."""
    columns = rows.collect_schema().names()
    if {"settlementDate", "settlementPeriod"} <= set(columns) and "startTime" not in columns:
        start = period_start_expression("settlementDate", "settlementPeriod")
        return rows.with_columns(startTime=start)
    named = next((name for name in _STARTS if name in columns), None)
    if named is None:
        return rows
    absent = {
        "settlementDate": settlement_date_of(pl.col(named)),
        "settlementPeriod": settlement_period_of_expression(pl.col(named)),
    }
    return rows.with_columns(**{name: of for name, of in absent.items() if name not in columns})


_STARTS: Final = ("startTime", "timeFrom", "time", "measurementTime", "eventStartTime")


def segments(points: pl.LazyFrame, of: Sequence[str]) -> pl.LazyFrame:
    """From break-points (`at`, `level_mw`) to lines between them, in the order of the points.

    A step has two points at one time, and no line between them.
    """
    following = {"timeTo": pl.col("at"), "levelTo": pl.col("level_mw")}
    return (
        points.sort(*of, "point_order")
        .with_columns(**{name: value.shift(-1).over(of) for name, value in following.items()})
        .filter(pl.col("timeTo") > pl.col("at"))
        .rename({"at": "timeFrom", "level_mw": "levelFrom"})
    )

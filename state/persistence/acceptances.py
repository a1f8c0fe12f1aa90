"""Lines of acceptances on their way into the store: two datasets that grow together."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import polars as pl

from state.domain.acceptance_lines import ACCEPTANCE, HEADS, POINTS, divided
from state.domain.datasets import dataset
from state.persistence.queries.dataset_rows import versioned_rows
from state.persistence.storing import Batch
from state.persistence.transaction import reading

_REACH: Final = timedelta(days=2)
"""No acceptance reaches further than that beyond the lines that are given of it."""


def held_points(lines: pl.DataFrame) -> pl.DataFrame:
    """The points that the store has of the acceptances of these lines."""
    if lines.is_empty():
        return pl.DataFrame(schema=dataset(POINTS).polars_schema)
    first, last = lines.select(pl.col("from_at").min(), pl.col("to_at").max()).row(0)
    since, until = (first - _REACH).date(), (last + _REACH).date()
    with reading() as session:
        rows = versioned_rows(session, POINTS, since=since, until=until).rows
    return rows.join(lines.select(ACCEPTANCE).unique(), on=ACCEPTANCE, how="semi")


def batches_of_lines(lines: Batch) -> tuple[Batch, ...]:
    """What is to be stored of lines: the acceptances, and the points of each as a whole."""
    parts = divided(lines.rows, held_points(lines.rows))
    points = Batch(dataset(POINTS), parts.points, lines.sources, parts.points.height)
    return (replace(lines, definition=dataset(HEADS), rows=parts.acceptances), points)

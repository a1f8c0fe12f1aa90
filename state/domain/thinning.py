"""Fewer points of a long series without losing its extremes: the lowest and highest of each bucket.

Nothing is averaged: every point that is left is a point that was there, in the order of time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

_INDEX = "_index"
_BUCKET = "_bucket"


@dataclass(frozen=True, slots=True)
class Thinned:
    """The rows that are left; how many rows stood in each bucket, 1 when all are left."""

    rows: pl.DataFrame
    rows_per_bucket: int


def thinned(rows: pl.DataFrame, columns: Sequence[str], points: int) -> Thinned:
    """At most so many rows: in each bucket those with the least and the greatest of each column.

    A bucket without any value keeps one empty row, so that a long gap stays a gap.
    """
    if rows.height <= points:
        return Thinned(rows, 1)
    buckets = max(1, points // (2 * len(columns)))
    per_bucket = -(-rows.height // buckets)
    numbered = rows.with_row_index(_INDEX).with_columns(
        (pl.col(_INDEX) // per_bucket).alias(_BUCKET)
    )
    extremes = numbered.group_by(_BUCKET).agg(pl.col(_INDEX).first(), *_extremes(columns))
    names = extremes.columns[2:]
    empty = pl.all_horizontal(pl.col(name).is_null() for name in names)
    kept = pl.concat(
        [
            extremes.filter(empty)[_INDEX],
            *(extremes[name].drop_nulls().alias(_INDEX) for name in names),
        ]
    )
    return Thinned(rows[kept.unique().sort()], per_bucket)


def _extremes(columns: Sequence[str]) -> list[pl.Expr]:
    return [
        pl.col(_INDEX).get(place, null_on_oob=True).alias(f"_{name}_{end}")
        for name in columns
        for end, place in (("least", pl.col(name).arg_min()), ("greatest", pl.col(name).arg_max()))
    ]

"""Feeds: files that others publish, the names they give our columns, and what becomes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import polars as pl

from state.domain.datasets import MOMENT, ColumnType, Dataset

FILE: Final = "_file"
ROW: Final = "_row"
REFUSED_SCHEMA: Final[dict[str, pl.DataType]] = {
    "file": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "code": pl.String(),
    "reason": pl.String(),
    "remedy": pl.String(),
}
"""One reason that a row (or, without a row, a file) is not stored, and how to put it right."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """A column that says where a row comes from, and what its values must begin with."""

    column: str
    begins_with: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Feed:
    """How one feed names the columns of a dataset, and those that only check it.

    `identifiers` are text to us and whole numbers to the feed. `placeholder` is true of rows that
    only say that nothing happened: they are checked like any other, counted, and left out.
    `lines` is true of rows that are lines of acceptances (`acceptance_lines.py`). `together` finds
    the reasons against rows, each with its file and number, for what they say beside each other.
    """

    name: str
    dataset: str
    names: Mapping[str, tuple[str, ...]]
    optional: frozenset[str] = frozenset()
    check_columns: Mapping[str, ColumnType] = field(default_factory=dict)
    provenance: tuple[Provenance, ...] = ()
    identifiers: frozenset[str] = frozenset()
    placeholder: pl.Expr | None = None
    grid_minutes: int = 30
    lines: bool = False
    together: Callable[[pl.DataFrame], pl.DataFrame] | None = None


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was found: its columns untouched, or why it cannot be read."""

    name: str
    frame: pl.DataFrame | None = None
    fault: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a check needs to know beside the file: the dataset, the fuels, and what time it is."""

    feed: Feed
    dataset: Dataset
    fuels: pl.DataFrame
    now: datetime


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """Rows that may be stored, and every reason that the others may not.

    `left_out` holds the start of the period of each placeholder.
    """

    rows: pl.DataFrame
    refused: pl.DataFrame
    rows_read: int
    rows_repeated: int
    files_refused: int
    left_out: pl.Series

    @property
    def rows_refused(self) -> int:
        """How many rows are refused, for one reason or many; rows of refused files count."""
        return self.rows_read - self.rows_repeated - self.rows.height - self.left_out.len()


def file_refusal(file: str, code: str, reason: str, remedy: str, column: str = "") -> pl.DataFrame:
    """A reason that a whole file is refused."""
    row = (file, None, column or None, None, code, reason, remedy)
    return pl.DataFrame([row], schema=REFUSED_SCHEMA, orient="row")


def none_left_out() -> pl.Series:
    """No placeholder at all."""
    return pl.Series("start_at", [], dtype=MOMENT)


def none_refused() -> pl.DataFrame:
    """No reason at all."""
    return pl.DataFrame(schema=REFUSED_SCHEMA)

"""How a hold says what it found: the rows in which something is wrong, each in a sentence."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from settlement_engine.faults import Fault

ROWS_NAMED: Final = 100  # of one kind; the rest is counted
ROW: Final = "row"


def numbered(frame: pl.DataFrame) -> pl.LazyFrame:
    """The frame with its rows numbered from 1, as a person counts them."""
    return frame.lazy().with_row_index(ROW, offset=1)


def faults(
    wrong: pl.LazyFrame, *, source: str, column: str | None, what: pl.Expr, cure: str
) -> Iterator[Fault]:
    """A fault for each wrong row, in order; a frame without row numbers names none."""
    has_rows = ROW in wrong.collect_schema().names()
    row = pl.col(ROW) if has_rows else pl.lit(None, pl.Int64).alias(ROW)
    found = wrong.select(row, what=what).unique().sort(ROW, "what").collect()
    for number, says in found.head(ROWS_NAMED).iter_rows():
        yield Fault(source, number, column, says, cure)
    if (more := found.height - ROWS_NAMED) > 0:
        yield Fault(source, None, column, f"The same in {more:,} more rows.", cure)


def period() -> pl.Expr:
    """The Settlement Period of a row in words."""
    return pl.format("{} period {}", "settlement_date", "settlement_period")

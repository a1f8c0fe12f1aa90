"""Straight lines between spot times: cutting them to periods, and the energy under them.

A line is `from_at`, `from_mw`, `to_at`, `to_mw`. Levels are Float64 here, for a line that is cut
may end between counted places; energy is counted in 1e-12 MWh line by line, so that sums do not
depend on the order of the lines, and rounded once to 1e-9 MWh where it leaves.
"""

from typing import Final

import polars as pl

from settlement_engine import rounding
from settlement_engine.rounding import FACTOR_DIGITS, LEVEL_DIGITS, VOLUME_DIGITS

_MICROSECONDS_AN_HOUR: Final = 3_600_000_000.0


def megawatts(counted: str) -> pl.Expr:
    """A counted level as megawatts."""
    return pl.col(counted).cast(pl.Float64) / float(10**LEVEL_DIGITS)


def hours(since: pl.Expr, until: pl.Expr) -> pl.Expr:
    """How long it is from one moment to another."""
    return (until - since).dt.total_microseconds().cast(pl.Float64) / _MICROSECONDS_AN_HOUR


def level_at(moment: pl.Expr, *, line: str = "") -> pl.Expr:
    """The level of a line at a moment within it; `line` is the prefix of the line's columns."""
    start, end = pl.col(f"{line}from_at"), pl.col(f"{line}to_at")
    low, high = pl.col(f"{line}from_mw"), pl.col(f"{line}to_mw")
    passed, whole = hours(start, moment), hours(start, end)
    return pl.when(moment == end).then(high).otherwise(low + (high - low) * (passed / whole))


def cut_to_period(lines: pl.LazyFrame) -> pl.LazyFrame:
    """Lines that know the period they are in (`starts_at`, `ends_at`), cut to it."""
    start = pl.max_horizontal("from_at", "starts_at")
    end = pl.min_horizontal("to_at", "ends_at")
    return lines.with_columns(
        from_at=start, to_at=end, from_mw=level_at(start), to_mw=level_at(end)
    ).filter(pl.col("from_at") < pl.col("to_at"))


def energy(from_mw: pl.Expr, to_mw: pl.Expr, length: pl.Expr) -> pl.Expr:
    """What flows along a line, in counts of 1e-12 MWh."""
    return rounding.whole_column((from_mw + to_mw) / 2 * length, FACTOR_DIGITS)


def counted(pieces: str) -> pl.Expr:
    """A sum of pieces of 1e-12 MWh, rounded once to 1e-9 MWh."""
    surplus: int = 10 ** (FACTOR_DIGITS - VOLUME_DIGITS)
    return rounding.quotient(pl.col(pieces), pl.lit(surplus)).alias(pieces)


def area_above_zero(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Mean over a line from `start` to `end` of what of it lies above zero."""
    top, bottom = pl.max_horizontal(start, end), pl.min_horizontal(start, end)
    return (
        pl.when(bottom >= 0)
        .then((top + bottom) / 2)
        .when(top <= 0)
        .then(0.0)
        .otherwise(top * top / (2 * (top - bottom)))
    )

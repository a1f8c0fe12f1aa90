"""Which unit and which period, in one whole number: joins and sorts of it are the fast ones."""

from typing import Final

import polars as pl

PLACE: Final = "_place"
_SLOTS: Final = 1 << 24  # more than there are five-minute periods until the year 2100


def numbered_units(acceptances: pl.LazyFrame) -> pl.LazyFrame:
    """Every unit that was accepted, with a number: bm_unit, _unit.

    In order of name: a plan that works this out twice must number twice alike.
    """
    units = acceptances.select("bm_unit").unique().sort("bm_unit").with_row_index("_unit")
    return units.with_columns(pl.col("_unit").cast(pl.Int64))


def numbered_periods(settlement_periods: pl.LazyFrame) -> pl.LazyFrame:
    """The periods, with a number: periods follow each other, so their numbers do."""
    return settlement_periods.with_columns(_slot=pl.col("starts_at").to_physical() // _length())


def place() -> pl.Expr:
    """The unit and the period of a row in one number."""
    return pl.col("_unit") * _SLOTS + pl.col("_slot")


def named(
    rows: pl.LazyFrame, units: pl.LazyFrame, settlement_periods: pl.LazyFrame
) -> pl.LazyFrame:
    """Rows that have their place, with the unit, Settlement Date and Settlement Period again."""
    slots = numbered_periods(settlement_periods).drop("starts_at", "ends_at")
    return (
        rows.with_columns(_unit=pl.col(PLACE) // _SLOTS, _slot=pl.col(PLACE) % _SLOTS)
        .join(units, on="_unit")
        .join(slots, on="_slot")
    )


def in_periods(
    rows: pl.LazyFrame, settlement_periods: pl.LazyFrame, since: str, until: str
) -> pl.LazyFrame:
    """Rows from a moment to a moment, once for each period they reach into."""
    lengths = settlement_periods.select(_a_period=_length().first())
    first = pl.col(since).to_physical() // pl.col("_a_period")
    last = (pl.col(until).to_physical() - 1) // pl.col("_a_period")
    return (
        rows.join(lengths, how="cross")
        .with_columns(_slot=pl.int_ranges(first, last + 1))
        .explode("_slot", empty_as_null=False)
        .join(numbered_periods(settlement_periods), on="_slot")
        .drop("_a_period")
    )


def _length() -> pl.Expr:
    return (pl.col("ends_at") - pl.col("starts_at")).dt.total_microseconds()

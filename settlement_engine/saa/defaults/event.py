"""A default that was used: one row a day and kind, with how often and how much it weighed."""

from typing import Final

import dataframely as dy
import polars as pl

from settlement_engine.frames import FIRST_DATE, LAST_DATE, energy_total

DAY: Final = "settlement_date"


class DefaultsUsed(dy.Schema):
    """One row a Settlement Date and kind of default that was used on it."""

    settlement_date = dy.Date(
        primary_key=True, min=FIRST_DATE, max=LAST_DATE, description="Settlement Day, London clock"
    )
    code = dy.String(primary_key=True, description="Kind of default")
    what = dy.String(description="What was put in place of what")
    event_count = dy.Int64(min=1, description="How often")
    amount_mwh = energy_total(lowest=0, says="Energy it touched")


def event(rows: pl.LazyFrame, code: str, what: str, amount: pl.Expr) -> pl.LazyFrame:
    """The rows of each day as one event; none where a day has no row."""
    return (
        rows.group_by(DAY)
        .agg(event_count=pl.len().cast(pl.Int64), amount_mwh=amount.sum())
        .select(DAY, "event_count", "amount_mwh", code=pl.lit(code), what=pl.lit(what))
    )

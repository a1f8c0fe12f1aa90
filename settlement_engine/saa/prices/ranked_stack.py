"""Ranked Stack: the actions of each period, buys and sells, cheapest first."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices import stack
from settlement_engine.saa.prices.first_stage_flag import FirstStageFlag


class RankedStack(FirstStageFlag):
    """The actions in the order of the stack; every later step keeps it."""

    stack_rank = dy.Int64(min=1, description="Rank within the side of the period, cheapest first")
    stack_place = dy.Int64(description="Date, period, side and rank in one number")

    @dy.rule()
    def stands_in_order(cls) -> pl.Expr:
        """Places rise from row to row, so each is used once."""
        return (pl.col("stack_place").diff() > 0).fill_null(value=True)


def by_cost_to_the_system(
    first_stage_flag: dy.LazyFrame[FirstStageFlag],
) -> dy.LazyFrame[RankedStack]:
    """Buys by rising price, sells by falling price; unpriced actions at the expensive end.

    Actions of one price stand in order of their names and share every step pro rata.
    """
    row, key = pl.int_range(pl.len()), pl.col("side_key")
    first_row = pl.when(key != key.shift(fill_value=-1)).then(row).forward_fill()
    return (
        first_stage_flag.with_columns(side_key=stack.side_key())
        .with_columns(order=stack.order(key, "stack_price_gbp_per_mwh"))
        .sort("order", "action_id")
        .with_columns(stack_rank=row - first_row + 1)
        .with_columns(stack_place=stack.place(key, pl.col("stack_rank")))
        .pipe(RankedStack.cast)
    )


ranked_stack = Rule(
    "ranked_stack",
    produces=RankedStack,
    versions=(
        Version(date(2009, 11, 5), by_cost_to_the_system, modification="P217A", source="Annex T-1"),
    ),
)

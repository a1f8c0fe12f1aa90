"""The stack: the actions of a period in order of what they cost the system, side by side.

Each step of the price adds its columns to the rows of the step before and leaves the order alone.
`stack_place` packs Settlement Date, Settlement Period, side and rank into one whole number, so a
side of a period begins where the number before the last 24 bits changes, and no step needs to
group, hash or sort again.
"""

from typing import Final

import polars as pl

from settlement_engine import rounding
from settlement_engine.frames import LARGEST_PRICE_GBP_PER_MWH, SystemPeriod
from settlement_engine.rounding import PRICE_DIGITS

RANK_BITS: Final = 24
_RANKS: Final = 1 << RANK_BITS
_COSTS: Final = 1 << 38  # more than there are costs from the least price to the largest
_PERIODS: Final = 512  # more than the 300 five-minute periods of the longest day

PERIOD: Final = tuple(SystemPeriod.column_names())

IS_BUY: Final = pl.col("side") == "buy"


def period_key() -> pl.Expr:
    """Settlement Date and Settlement Period as one whole number, in order of time."""
    return pl.col("settlement_date").to_physical().cast(pl.Int64) * _PERIODS + pl.col(
        "settlement_period"
    )


def side_key() -> pl.Expr:
    """Settlement Date, Settlement Period and side as one whole number, buy before sell."""
    return period_key() * 2 + (~IS_BUY).cast(pl.Int64)


def place(side: pl.Expr, rank: pl.Expr) -> pl.Expr:
    """The place of an action in all stacks: its side of its period, then its rank there."""
    return side * _RANKS + rank


def period_of_place() -> pl.Expr:
    """The period key of an action that has its place."""
    return pl.col("stack_place") // (2 * _RANKS)


def side_of_place() -> pl.Expr:
    """The side key of an action that has its place."""
    return pl.col("stack_place") // _RANKS


def cost(price: str) -> pl.Expr:
    """What an action costs the system: the price of a buy, minus the price of a sell."""
    return pl.when(IS_BUY).then(pl.col(price)).otherwise(-pl.col(price))


def order(side: pl.Expr, price: str) -> pl.Expr:
    """Side key and cost as one whole number, unpriced last: one number sorts twice as fast.

    Sides are counted from the first one here: so days of forty years fit.
    """
    above_the_least = cost(price) + LARGEST_PRICE_GBP_PER_MWH * 10**PRICE_DIGITS
    return (side - side.min()) * _COSTS + above_the_least.fill_null(_COSTS - 1)


def starts_side() -> pl.Expr:
    """True on the cheapest action of each side of each period."""
    return (side_of_place() != side_of_place().shift()).fill_null(value=True)


def starts_level(price: str) -> pl.Expr:
    """True where the price differs from that of the action before, or a side begins."""
    return starts_side() | pl.col(price).ne_missing(pl.col(price).shift())


def with_period(actions: pl.LazyFrame, periods: pl.LazyFrame, *columns: str) -> pl.LazyFrame:
    """Add what a frame by period says of each action's period; null where it says nothing."""
    said = periods.select(*columns, _period=period_key()).sort("_period")
    return (
        actions.with_columns(_period=period_of_place())
        .set_sorted("_period")
        .join_asof(said, on="_period", tolerance=0)
    )


def with_cheapest(
    actions: pl.LazyFrame, volume: pl.Expr, take: pl.Expr, *, price: str, into: str
) -> pl.LazyFrame:
    """Add the part of each action that lies in the cheapest `take` MWh of its side.

    `volume` is never negative and the rows stand in order of cost. Actions of one price share pro
    rata: of a level of volume T of which a is taken, the actions up to and including the k-th give
    round(a x (v_1 + ... + v_k) / T), so shares add up to a exactly and depend on no order of rows.
    """
    shares_before = pl.when("_new").then(0).otherwise(pl.col("_share_upto").shift())
    return (
        actions.with_columns(_volume=volume, _new=starts_level(price))
        .pipe(_with_running_volumes)
        .with_columns(_level_volume=pl.col("_level_upto") - pl.col("_level_before"))
        .with_columns(
            _level_taken=(take - (pl.col("_level_before") - pl.col("_side_before"))).clip(
                0, pl.col("_level_volume")
            )
        )
        .with_columns(_share_upto=_share(pl.col("_upto") - pl.col("_level_before")))
        .with_columns((pl.col("_share_upto") - shares_before).alias(into))
    )


def with_dearest(
    actions: pl.LazyFrame, volume: pl.Expr, take: pl.Expr, *, price: str, into: str
) -> pl.LazyFrame:
    """Add the part of each action that lies in the dearest `take` MWh of its side."""
    total = volume.sum().over(side_of_place())
    return with_cheapest(
        actions, volume, (total - take).clip(0), price=price, into=into
    ).with_columns((pl.col("_volume") - pl.col(into)).alias(into))


def _with_running_volumes(actions: pl.LazyFrame) -> pl.LazyFrame:
    """Running volumes: up to each action, before its side, before its level, up to its level's end.

    The running sum goes over all periods and may wrap; differences within a side never do.
    """
    before = pl.col("_upto") - pl.col("_volume")
    last_of_level = pl.col("_new").shift(-1, fill_value=True)
    return actions.with_columns(_upto=pl.col("_volume").cum_sum()).with_columns(
        _side_before=pl.when(starts_side()).then(before).forward_fill(),
        _level_before=pl.when("_new").then(before).forward_fill(),
        _level_upto=pl.when(last_of_level).then("_upto").backward_fill(),
    )


def _share(part: pl.Expr) -> pl.Expr:
    """What the first `part` of a level gives of what is taken of the level."""
    taken, whole = pl.col("_level_taken"), pl.col("_level_volume")
    exact = rounding.quotient(part.cast(pl.Int128) * taken, whole.cast(pl.Int128))
    return pl.when(taken == whole).then(part).when(taken == 0).then(0).otherwise(exact)

"""Second-Stage Flag: flagged actions that are dearer than any taken for the energy balance."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.prices.arbitrage_tagging import ArbitrageTagging
from settlement_engine.saa.prices.stack import cost, side_of_place

_NONE = -(2**62)  # below every cost: a side without an unflagged priced action


class SecondStageFlag(ArbitrageTagging):
    """The stack with the flags that cost an action its price."""

    second_stage_flag = frames.flag(says="Loses its price: takes the Replacement Price if it stays")


def dearer_than_unflagged(
    arbitrage_tagging: dy.LazyFrame[ArbitrageTagging],
) -> dy.LazyFrame[SecondStageFlag]:
    """Flagged at the first stage and strictly dearer than the dearest unflagged of its side.

    Without an unflagged priced action on the side, all flagged ones are; unpriced ones always.
    """
    stays = pl.col("volume_after_arbitrage_mwh") != 0
    priced = pl.col("stack_price_gbp_per_mwh").is_not_null()
    own_cost = cost("stack_price_gbp_per_mwh")
    counts = stays & priced & ~pl.col("first_stage_flag")
    dearest_unflagged = pl.when(counts).then(own_cost).max().over(side_of_place()).fill_null(_NONE)
    dearer = pl.col("first_stage_flag") & (own_cost > dearest_unflagged)
    return arbitrage_tagging.with_columns(
        second_stage_flag=stays & (~priced | dearer.fill_null(value=False))
    ).pipe(SecondStageFlag.cast)


second_stage_flag = Rule(
    "second_stage_flag",
    produces=SecondStageFlag,
    versions=(
        Version(
            date(2009, 11, 5),
            dearer_than_unflagged,
            modification="P217A",
            source="Annex T-1 paragraph 8",
        ),
    ),
)

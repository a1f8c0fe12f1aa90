"""Bid-Offer Range: the levels between which each submitted pair holds."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import BM_UNIT_PERIOD, BidOfferPairPeriod
from settlement_engine.given import Acceptances, BidOfferData
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.volumes.unit_periods import numbered_units


class BidOfferRange(BidOfferPairPeriod):
    """Levels are measured from the notification: zero is the notified level itself."""

    from_at = frames.moment(says="Start of the line", key=True)
    to_at = frames.moment(says="End of the line")
    lower_from_mw = frames.level("BOLR", says="Lower end of the pair at the start")
    lower_to_mw = frames.level("BOLR", says="Lower end of the pair at the end")
    upper_from_mw = frames.level("BOUR", says="Upper end of the pair at the start")
    upper_to_mw = frames.level("BOUR", says="Upper end of the pair at the end")
    is_outermost = frames.flag(says="No pair was submitted beyond it")


def widths_added_up(
    bid_offer_data: dy.LazyFrame[BidOfferData], acceptances: dy.LazyFrame[Acceptances]
) -> dy.LazyFrame[BidOfferRange]:
    """BOUR^n = FPN + sum of qBO^m over m = 1..n, BOLR^n = BOUR^(n-1); below zero the other way.

    A pair that was not submitted has no width. Only units that were accepted need their ranges.
    """
    above = pl.col("pair_number") > 0
    side = ["_unit", "settlement_date", "settlement_period", "from_at", "is_above"]
    begins = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in side)
    far = {end: _running(pl.col(f"{end}_mw")) for end in ("from", "to")}
    near = {end: far[end] - pl.col(f"{end}_mw") for end in ("from", "to")}
    return (
        bid_offer_data.join(numbered_units(acceptances), on="bm_unit")
        .with_columns(is_above=above, distance=pl.col("pair_number").abs())
        .sort(*side, "distance")
        .with_columns(begins=begins.fill_null(value=True))
        .select(
            *BM_UNIT_PERIOD,
            "pair_number",
            "from_at",
            "to_at",
            **{
                f"lower_{end}_mw": pl.when(above).then(near[end]).otherwise(far[end])
                for end in ("from", "to")
            },
            **{
                f"upper_{end}_mw": pl.when(above).then(far[end]).otherwise(near[end])
                for end in ("from", "to")
            },
            is_outermost=pl.col("begins").shift(-1, fill_value=True),
        )
        .pipe(BidOfferRange.cast)
    )


def _running(width: pl.Expr) -> pl.Expr:
    """The sum of widths from the first pair of the side: a difference of whole running sums."""
    upto = width.cum_sum()
    return upto - pl.when("begins").then(upto - width).forward_fill()


bid_offer_range = Rule(
    "bid_offer_range",
    produces=BidOfferRange,
    versions=(
        Version(date(2001, 3, 27), widths_added_up, modification="NETA", source="T3.3, T3.4"),
    ),
)

"""Balancing Defaults: actions whose price or pair was not said."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine.frames import BM_UNIT_PERIOD
from settlement_engine.given import AdjustmentActions
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.defaults.event import DefaultsUsed, event
from settlement_engine.saa.volumes.accepted_level import AcceptedLevel
from settlement_engine.saa.volumes.bid_offer_range import BidOfferRange
from settlement_engine.saa.volumes.lines import area_above_zero, counted, energy, hours, megawatts


class BalancingDefaults(DefaultsUsed):
    """Acceptances beyond the submitted pairs, adjustments without a cost."""


def beyond_pairs_and_unpriced(
    accepted_level: dy.LazyFrame[AcceptedLevel],
    bid_offer_range: dy.LazyFrame[BidOfferRange],
    adjustment_actions: dy.LazyFrame[AdjustmentActions],
) -> dy.LazyFrame[BalancingDefaults]:
    """What lies beyond the outermost pair takes its price; no cost ranks as the dearest."""
    events = [
        _beyond_the_pairs(accepted_level, bid_offer_range),
        _unpriced(adjustment_actions),
    ]
    return pl.concat(events).pipe(BalancingDefaults.cast)


def _beyond_the_pairs(levels: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.LazyFrame:
    ends = pairs.group_by(BM_UNIT_PERIOD).agg(
        highest=megawatts("upper_from_mw").max(), lowest=megawatts("lower_from_mw").min()
    )
    level = (pl.col("level_from_mw"), pl.col("level_to_mw"))
    above = area_above_zero(level[0] - pl.col("highest"), level[1] - pl.col("highest"))
    below = area_above_zero(pl.col("lowest") - level[0], pl.col("lowest") - level[1])
    beyond = energy(above + below, above + below, hours(pl.col("starts_at"), pl.col("ends_at")))
    acceptances = (
        levels.join(ends, on=BM_UNIT_PERIOD)
        .filter(
            (pl.max_horizontal(*level) > pl.col("highest"))
            | (pl.min_horizontal(*level) < pl.col("lowest"))
        )
        .with_columns(beyond=beyond)
        .group_by(*BM_UNIT_PERIOD, "acceptance_number")
        .agg(pl.col("beyond").sum())
        .with_columns(counted("beyond"))
        .filter(pl.col("beyond") > 0)
    )
    return event(
        acceptances,
        "beyond_outermost_pair",
        "An acceptance went beyond the outermost submitted pair",
        pl.col("beyond"),
    )


def _unpriced(adjustments: pl.LazyFrame) -> pl.LazyFrame:
    return event(
        adjustments.filter(pl.col("cost_gbp").is_null(), pl.col("volume_mwh") != 0),
        "unpriced_adjustment",
        "An adjustment action without a cost ranks as the dearest",
        pl.col("volume_mwh").abs(),
    )


balancing_defaults = Rule(
    "balancing_defaults",
    produces=BalancingDefaults,
    versions=(
        Version(
            date(2001, 3, 27),
            beyond_pairs_and_unpriced,
            modification="Kinnect",
            source="T3.4, Q6.3.2",
        ),
    ),
)

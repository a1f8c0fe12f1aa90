"""Accepted Level: what an acceptance asks for, against what was in force before it."""

from datetime import date

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import AcceptancePeriod, SystemPeriod
from settlement_engine.given import AcceptancePoints, Acceptances, PhysicalNotifications
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.volumes.bid_offer_range import BidOfferRange
from settlement_engine.saa.volumes.lines import cut_to_period, level_at, megawatts
from settlement_engine.saa.volumes.unit_periods import (
    PLACE,
    in_periods,
    named,
    numbered_periods,
    numbered_units,
    place,
)


class AcceptedLevel(AcceptancePeriod):
    """One row for each stretch on which all levels are straight lines; levels from the notified."""

    starts_at = frames.moment(says="Start of the stretch", key=True)
    ends_at = frames.moment(says="End of the stretch")
    before_from_mw = frames.line_end("qA^(k-1)", says="Level in force before, at the start")
    before_to_mw = frames.line_end("qA^(k-1)", says="Level in force before, at the end")
    level_from_mw = frames.line_end("qA^k", says="Level asked for, at the start")
    level_to_mw = frames.line_end("qA^k", says="Level asked for, at the end")


def latest_in_force_replaced(
    acceptances: dy.LazyFrame[Acceptances],
    acceptance_points: dy.LazyFrame[AcceptancePoints],
    physical_notifications: dy.LazyFrame[PhysicalNotifications],
    bid_offer_range: dy.LazyFrame[BidOfferRange],
    settlement_periods: pl.LazyFrame,
) -> dy.LazyFrame[AcceptedLevel]:
    """qA^(k-1)(t) is the level of the latest acceptance before k that covers t, or FPN(t).

    Order is that of issue; of two issued at one time the lower number came first. A later
    acceptance counts only on the minutes it covers; when it ends, the earlier is in force again.
    """
    units = numbered_units(acceptances).cache()
    asked = _asked(acceptances, acceptance_points, units, settlement_periods).cache()
    touched = asked.select(PLACE).unique()
    notified = (
        _notified(physical_notifications, units, settlement_periods)
        .join(touched, on=PLACE, how="semi")
        .cache()
    )
    edges = _placed(bid_offer_range, units, settlement_periods).join(touched, on=PLACE, how="semi")
    stretches = _stretches(asked, notified, edges).cache()
    return (
        _on_stretches(stretches, asked, "acceptance_number", "accepted_at", into="level")
        .join(
            _on_stretches(stretches, notified, into="notified"),
            on=[PLACE, "starts_at", "ends_at"],
            how="left",
        )
        .with_columns(
            pl.col(f"level_{end}_mw") - pl.col(f"notified_{end}_mw").fill_null(0.0)
            for end in ("from", "to")
        )
        .pipe(_against_the_one_before)
        .pipe(named, units, settlement_periods)
        .pipe(AcceptedLevel.cast)
    )


def _against_the_one_before(levels: pl.LazyFrame) -> pl.LazyFrame:
    """Each level beside that of the acceptance issued before it, or the notified one: zero."""
    same = (pl.col(PLACE) == pl.col(PLACE).shift()) & (
        pl.col("starts_at") == pl.col("starts_at").shift()
    )
    before = {
        f"before_{end}_mw": pl.when(same).then(pl.col(f"level_{end}_mw").shift()).otherwise(0.0)
        for end in ("from", "to")
    }
    return levels.sort(PLACE, "starts_at", "accepted_at", "acceptance_number").with_columns(
        **before
    )


def _asked(
    acceptances: pl.LazyFrame,
    points: pl.LazyFrame,
    units: pl.LazyFrame,
    settlement_periods: pl.LazyFrame,
) -> pl.LazyFrame:
    """The lines of every acceptance, cut to the periods they run through."""
    acceptance = ["_unit", "acceptance_number"]
    following = pl.all_horizontal(pl.col(name) == pl.col(name).shift(-1) for name in acceptance)
    lines = (
        points.join(units, on="bm_unit")
        .sort(*acceptance, "at", "point_order")
        .select(
            *acceptance,
            from_at="at",
            from_mw=megawatts("level_mw"),
            to_at=pl.col("at").shift(-1),
            to_mw=megawatts("level_mw").shift(-1),
            follows=following,
        )
        .filter("follows", pl.col("from_at") < pl.col("to_at"))
    )
    issued = acceptances.join(units, on="bm_unit").select(*acceptance, "accepted_at")
    return (
        in_periods(lines, settlement_periods, "from_at", "to_at")
        .pipe(cut_to_period)
        .join(issued, on=acceptance)
        .with_columns(place().alias(PLACE))
    )


def _placed(
    frame: pl.LazyFrame, units: pl.LazyFrame, settlement_periods: pl.LazyFrame
) -> pl.LazyFrame:
    """Rows of accepted units with their place and the start and end of their period."""
    periods = numbered_periods(settlement_periods)
    return (
        frame.join(units, on="bm_unit")
        .join(periods, on=SystemPeriod.column_names())
        .with_columns(place().alias(PLACE))
    )


def _notified(
    notifications: pl.LazyFrame, units: pl.LazyFrame, settlement_periods: pl.LazyFrame
) -> pl.LazyFrame:
    return (
        _placed(notifications, units, settlement_periods)
        .with_columns(from_mw=megawatts("from_mw"), to_mw=megawatts("to_mw"))
        .pipe(cut_to_period)
    )


def _stretches(*lines: pl.LazyFrame) -> pl.LazyFrame:
    """The stretches between all times at which any of the lines of a unit begins or ends."""
    ends = [frame.select(PLACE, starts_at=end) for frame in lines for end in ("from_at", "to_at")]
    same = pl.col(PLACE) == pl.col(PLACE).shift(-1)
    return (
        pl.concat(ends)
        .unique()
        .sort(PLACE, "starts_at")
        .with_columns(ends_at=pl.when(same).then(pl.col("starts_at").shift(-1)))
        .drop_nulls("ends_at")
    )


def _on_stretches(
    stretches: pl.LazyFrame, lines: pl.LazyFrame, *columns: str, into: str
) -> pl.LazyFrame:
    """Each line on each stretch that it covers, with its level at both ends of the stretch."""
    return (
        stretches.join(
            lines.select(PLACE, *columns, "from_at", "to_at", "from_mw", "to_mw"), on=PLACE
        )
        .filter(pl.col("from_at") <= pl.col("starts_at"), pl.col("to_at") >= pl.col("ends_at"))
        .select(
            PLACE,
            "starts_at",
            "ends_at",
            *columns,
            level_at(pl.col("starts_at")).alias(f"{into}_from_mw"),
            level_at(pl.col("ends_at")).alias(f"{into}_to_mw"),
        )
    )


accepted_level = Rule(
    "accepted_level",
    produces=AcceptedLevel,
    versions=(
        Version(date(2001, 3, 27), latest_in_force_replaced, modification="NETA", source="T3.5"),
    ),
)

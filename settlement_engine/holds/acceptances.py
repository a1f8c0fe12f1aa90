"""Holds on acceptances: points that contradict each other, and moves that nothing prices."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import polars as pl

from settlement_engine.faults import Fault
from settlement_engine.holds.finding import ROW, faults, numbered
from settlement_engine.saa.volumes.unit_periods import in_periods

_ACCEPTANCE: Final = ("bm_unit", "acceptance_number")
_NAMED: Final = "Acceptance {} of {} "
_NEIGHBOURS: Final = timedelta(days=1)


def acceptances_without_points(
    acceptances: pl.DataFrame, acceptance_points: pl.DataFrame
) -> Iterator[Fault]:
    """Every acceptance has two points or more, and every point an acceptance."""
    counted = acceptance_points.lazy().group_by(_ACCEPTANCE).agg(points=pl.len())
    yield from faults(
        numbered(acceptances)
        .join(counted, on=_ACCEPTANCE, how="left")
        .with_columns(pl.col("points").fill_null(0))
        .filter(pl.col("points") <= 1),
        source="acceptances",
        column="acceptance_number",
        what=pl.format(_NAMED + "has {} points.", "acceptance_number", "bm_unit", "points"),
        cure="It needs two or more: where it starts and where it ends.",
    )
    yield from faults(
        numbered(acceptance_points).join(acceptances.lazy(), on=_ACCEPTANCE, how="anti"),
        source="acceptance_points",
        column="acceptance_number",
        what=pl.format(_NAMED + "is not among the acceptances.", "acceptance_number", "bm_unit"),
        cure="Give the acceptance, or take its points out.",
    )


def contradictory_points(acceptance_points: pl.DataFrame) -> Iterator[Fault]:
    """Points run forward in the order they are numbered; at one time there are at most two."""
    rows = numbered(acceptance_points)
    at_one_time = [*_ACCEPTANCE, "at"]
    crowded = rows.group_by(at_one_time).agg(together=pl.len()).filter(pl.col("together") > _A_STEP)
    yield from faults(
        rows.join(crowded, on=at_one_time),
        source="acceptance_points",
        column="at",
        what=pl.format(
            _NAMED + "has {} levels at {}.", "acceptance_number", "bm_unit", "together", "at"
        ),
        cure="A step has two levels at one time: the one before and the one after.",
    )
    counted = rows.group_by(_ACCEPTANCE).agg(
        orders=pl.col("point_order").n_unique(), points=pl.len()
    )
    numbered_through = counted.filter(pl.col("orders") == pl.col("points"))
    yield from faults(
        counted.filter(pl.col("orders") > 1, pl.col("orders") != pl.col("points")),
        source="acceptance_points",
        column="point_order",
        what=pl.format(
            _NAMED + "has points of one order: two versions of it, perhaps.",
            "acceptance_number",
            "bm_unit",
        ),
        cure="Number its points through, and give one version of it.",
    )
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in _ACCEPTANCE)
    yield from faults(
        rows.join(numbered_through, on=_ACCEPTANCE, how="semi")
        .sort(*_ACCEPTANCE, "point_order", ROW)
        .with_columns(before=pl.when(same).then(pl.col("at").shift()))
        .filter(pl.col("at") < pl.col("before")),
        source="acceptance_points",
        column="point_order",
        what=pl.format(
            _NAMED + "goes back to {} after {}.", "acceptance_number", "bm_unit", "at", "before"
        ),
        cure="Number the points in order of time.",
    )


_A_STEP: Final = 2


def acceptances_outside_their_day(
    acceptances: pl.DataFrame, acceptance_points: pl.DataFrame, settlement_periods: pl.DataFrame
) -> Iterator[Fault]:
    """An acceptance is of the dates or a day beside them, and was issued before it ended."""
    first, last = settlement_periods["starts_at"].min(), settlement_periods["ends_at"].max()
    span = (
        acceptance_points.lazy()
        .group_by(_ACCEPTANCE)
        .agg(since=pl.col("at").min(), until=pl.col("at").max())
    )
    rows = numbered(acceptances).join(span, on=_ACCEPTANCE)
    yield from faults(
        rows.filter(
            (pl.col("until") < pl.lit(first) - _NEIGHBOURS)
            | (pl.col("since") > pl.lit(last) + _NEIGHBOURS)
        ),
        source="acceptances",
        column="acceptance_number",
        what=pl.format(
            _NAMED + "is in force from {} to {}, outside the dates and their neighbours.",
            "acceptance_number",
            "bm_unit",
            "since",
            "until",
        ),
        cure="Settle the date it belongs to, or mend its times.",
    )
    yield from faults(
        rows.filter(pl.col("accepted_at") > pl.col("until")),
        source="acceptances",
        column="accepted_at",
        what=pl.format(
            _NAMED + "was issued at {}, after it had ended.",
            "acceptance_number",
            "bm_unit",
            "accepted_at",
        ),
        cure="Mend the time of issue or the points.",
    )


def acceptances_without_pairs(
    acceptance_points: pl.DataFrame,
    bid_offer_data: pl.DataFrame,
    physical_notifications: pl.DataFrame,
    settlement_periods: pl.DataFrame,
) -> Iterator[Fault]:
    """A unit accepted in a period that units notified submitted a pair for it."""
    span = (
        acceptance_points.lazy()
        .group_by(_ACCEPTANCE)
        .agg(since=pl.col("at").min(), until=pl.col("at").max())
    )
    key = ["settlement_date", "settlement_period", "bm_unit"]
    submitted = bid_offer_data.lazy().select(key).unique()
    notified = physical_notifications.lazy().select(key[:2]).unique()
    touched = in_periods(span, settlement_periods.lazy(), "since", "until").join(
        notified, on=key[:2], how="semi"
    )
    yield from faults(
        touched.join(submitted, on=key, how="anti"),
        source="bid_offer_data",
        column=None,
        what=pl.format(
            _NAMED + "is in force in {} period {}, for which the unit submitted no pair.",
            "acceptance_number",
            "bm_unit",
            "settlement_date",
            "settlement_period",
        ),
        cure="Give the pairs of the unit and period: nothing else says what the energy is worth.",
    )

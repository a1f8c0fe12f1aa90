"""Bid-Offer Acceptances: the moves as the units are told them, point by point."""

from typing import Final

import polars as pl

from state.domain.demo_market.dispatch import TICKS_A_SLOT
from state.domain.demo_market.grid import MINUTES_A_TICK, at_minute

CADL_MINUTES: Final = 10
_FIRST_SLOT_TICK: Final = 543_506
"""Acceptances are numbered on from the start of 2001."""


def points(moves: pl.DataFrame) -> pl.DataFrame:
    """Every point of every acceptance, in order; a split move is two acceptances that touch.

    offset is the minute from the slot's start, notified_mw the notification there, away_mw how far
    the level is from it (never on the other side of it).
    """
    start, end, ramp = pl.col("start"), pl.col("end"), pl.col("ramp")
    middle = pl.when("is_split").then(start + (end - start) // 2)
    halves = [
        pl.when((start < boundary) & (boundary < end)).then(pl.lit(boundary, dtype=pl.Int64))
        for boundary in (MINUTES_A_TICK, 2 * MINUTES_A_TICK)
    ]
    offsets = pl.concat_list(start, start + ramp, end - ramp, end, middle, *halves)
    parts = pl.when("is_split").then(pl.lit([0, 1])).otherwise(pl.lit([0]))
    frame = moves.with_columns(
        offset=offsets.list.unique().list.drop_nulls(), part=parts, middle=middle
    )
    frame = frame.explode("part").explode("offset").filter(_in_part())
    return _levelled(frame).sort("unit_key", "acceptance_number", "offset")


def acceptances(accepted: pl.DataFrame) -> pl.DataFrame:
    """One row an acceptance, from the points; told some minutes before it starts."""
    grouped = accepted.group_by("unit_key", "acceptance_number", maintain_order=True).agg(
        pl.first(
            "bm_unit",
            "tick",
            "part",
            "so_flag",
            "stor_flag",
            "emergency_flag",
            "deemed_flag",
            "lead_minutes",
        ),
        starts=pl.col("at_minute").min(),
        ends=pl.col("at_minute").max(),
    )
    lead = pl.when(pl.col("part") == 0).then(pl.col("lead_minutes")).otherwise(1)
    return _with_episodes(grouped).with_columns(
        accepted_at=at_minute(pl.col("starts") - lead),
        cadl_flag=pl.col("episode_ends") - pl.col("episode_starts") < CADL_MINUTES,
    )


def _in_part() -> pl.Expr:
    """Both parts of a split move hold the point at which they touch."""
    return (
        pl.when(~pl.col("is_split"))
        .then(pl.lit(value=True))
        .when(pl.col("part") == 0)
        .then(pl.col("offset") <= pl.col("middle"))
        .otherwise(pl.col("offset") >= pl.col("middle"))
    )


def _levelled(frame: pl.DataFrame) -> pl.DataFrame:
    """Whole megawatts, rounded away from the notification, so that a move is never both ways."""
    offset, ramp = pl.col("offset"), pl.col("ramp")
    inward = pl.min_horizontal(offset - pl.col("start"), pl.col("end") - offset, ramp)
    wanted = _notified() + pl.col("side") * (pl.col("depth_mw") * inward) / ramp
    level = pl.when(pl.col("side") > 0).then(wanted.ceil()).otherwise(wanted.floor())
    slot_number = (pl.col("tick") - _FIRST_SLOT_TICK) // TICKS_A_SLOT
    frame = frame.with_columns(
        notified_mw=_notified(),
        level_mw=level,
        at_minute=pl.col("tick") * MINUTES_A_TICK + offset,
        acceptance_number=slot_number * 2 + pl.col("part"),
    )
    return frame.with_columns(away_mw=(pl.col("level_mw") - pl.col("notified_mw")).abs())


def _notified() -> pl.Expr:
    """The notification at the offset: straight between the half-hours of the slot."""
    step = pl.min_horizontal(pl.col("offset") // MINUTES_A_TICK, pl.lit(TICKS_A_SLOT - 1))
    line = pl.lit(None, dtype=pl.Float64)
    for number in range(TICKS_A_SLOT):
        before, after = pl.col(f"notified_{number}"), pl.col(f"notified_{number + 1}")
        way = (after - before) * (pl.col("offset") - number * MINUTES_A_TICK)
        line = pl.when(step == number).then(before + way / MINUTES_A_TICK).otherwise(line)
    return line


def _with_episodes(grouped: pl.DataFrame) -> pl.DataFrame:
    """When the unbroken stretch of time that each acceptance belongs to starts and ends."""
    furthest = pl.col("ends").cum_max().shift(1).over("unit_key", order_by="starts")
    begins = (pl.col("starts") > furthest).fill_null(value=True)
    episode = begins.cast(pl.Int64).cum_sum().over("unit_key", order_by="starts")
    return grouped.with_columns(episode=episode).with_columns(
        episode_starts=pl.col("starts").min().over("unit_key", "episode"),
        episode_ends=pl.col("ends").max().over("unit_key", "episode"),
    )

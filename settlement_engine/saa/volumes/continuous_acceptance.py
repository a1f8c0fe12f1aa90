"""Continuous Acceptance: how long a unit was held by acceptances without a break."""

from datetime import date
from decimal import Decimal

import dataframely as dy
import polars as pl

from settlement_engine import frames
from settlement_engine.frames import AcceptancePeriod
from settlement_engine.given import AcceptancePoints, Acceptances
from settlement_engine.rule import Rule, Version
from settlement_engine.saa.volumes.unit_periods import in_periods

_ACCEPTANCE = ("bm_unit", "acceptance_number")


class ContinuousAcceptance(AcceptancePeriod):
    """One row for each period an acceptance is in force in, with its flags."""

    episode_starts_at = frames.moment(says="Start of the unbroken run of acceptances")
    episode_ends_at = frames.moment(says="End of the unbroken run of acceptances")
    cadl_flag = frames.flag(says="The run is shorter than the Continuous Acceptance Duration Limit")
    so_flag = frames.flag(says="Taken by the System Operator for the network")
    stor_flag = frames.flag(says="Short Term Operating Reserve")
    emergency_flag = frames.flag(says="Excluded emergency acceptance")


def unbroken_runs(
    acceptances: dy.LazyFrame[Acceptances],
    acceptance_points: dy.LazyFrame[AcceptancePoints],
    continuous_acceptance_duration_limit_minutes: Decimal,
    settlement_periods: pl.LazyFrame,
) -> dy.LazyFrame[ContinuousAcceptance]:
    """Flagged where the run of acceptances a unit was in was shorter than CADL, strictly.

    A run goes over periods and midnight; an acceptance that starts when another ends belongs to
    it. Every acceptance of the run carries the flag. One that returns a unit to its notification
    is in force to its last point.
    """
    limit = pl.duration(
        seconds=int(continuous_acceptance_duration_limit_minutes * 60), time_unit="us"
    )
    ended = pl.col("ends_at").cum_max().shift().over("bm_unit")
    breaks = (pl.col("starts_at") > ended).fill_null(value=False)
    run = ["bm_unit", "run"]
    runs = (
        acceptance_points.group_by(_ACCEPTANCE)
        .agg(starts_at=pl.col("at").min(), ends_at=pl.col("at").max())
        .sort("bm_unit", "starts_at", "acceptance_number")
        .with_columns(run=breaks.cum_sum().over("bm_unit"))
        .with_columns(
            episode_starts_at=pl.col("starts_at").min().over(run),
            episode_ends_at=pl.col("ends_at").max().over(run),
        )
        .rename({"starts_at": "in_force_from", "ends_at": "in_force_to"})
        .with_columns(
            cadl_flag=pl.col("episode_ends_at") - pl.col("episode_starts_at") < limit,
        )
    )
    return (
        in_periods(runs, settlement_periods, "in_force_from", "in_force_to")
        .join(acceptances, on=_ACCEPTANCE)
        .pipe(ContinuousAcceptance.cast)
    )


continuous_acceptance = Rule(
    "continuous_acceptance",
    produces=ContinuousAcceptance,
    versions=(
        Version(
            date(2001, 3, 27),
            unbroken_runs,
            modification="NETA",
            source="T1.9, Annex T-1 paragraphs 3 and 12",
        ),
    ),
)

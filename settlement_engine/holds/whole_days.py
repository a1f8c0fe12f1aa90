"""Holds on a whole day: what a run must have for every Settlement Period of it."""

from collections.abc import Iterator

import polars as pl

from settlement_engine.faults import Fault
from settlement_engine.holds.finding import faults


def periods_without_metered_volumes(
    metered_volumes: pl.DataFrame, settlement_periods: pl.DataFrame
) -> Iterator[Fault]:
    """Every period of the day has metered volumes."""
    return _silent("metered_volumes", metered_volumes, settlement_periods)


def periods_without_notifications(
    physical_notifications: pl.DataFrame, settlement_periods: pl.DataFrame
) -> Iterator[Fault]:
    """Every period of the day has Physical Notifications."""
    return _silent("physical_notifications", physical_notifications, settlement_periods)


def periods_without_contracts(
    contract_volumes: pl.DataFrame, settlement_periods: pl.DataFrame
) -> Iterator[Fault]:
    """Every period of the day has contract volumes."""
    return _silent("contract_volumes", contract_volumes, settlement_periods)


def _silent(name: str, frame: pl.DataFrame, periods: pl.DataFrame) -> Iterator[Fault]:
    key = ["settlement_date", "settlement_period"]
    missing = (
        periods.lazy()
        .join(frame.lazy(), on=key, how="anti")
        .group_by("settlement_date")
        .agg(numbers=pl.col("settlement_period").sort().cast(pl.String).str.join(", "))
    )
    yield from faults(
        missing,
        source=name,
        column="settlement_period",
        what=pl.format("{} has nothing for period {}.", "settlement_date", "numbers"),
        cure="Give every period of the day.",
    )

"""System price and imbalance volume for charts: any range, thinned without losing extremes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

from settlement_engine.periods import (
    PERIOD_MINUTES,
    settlement_date_of,
    settlement_period_of,
    settlement_period_of_expression,
)
from state.domain.actor import Actor
from state.domain.gaps import every_start
from state.domain.permissions import Permission
from state.domain.thinning import thinned
from state.persistence.publishing import public_reading
from state.persistence.queries.dataset_catalogue import last_day
from state.persistence.queries.dataset_rows import versioned_rows

SYSTEM_PRICES: Final = "system_prices"
BUY: Final = "system_buy_price_gbp_per_mwh"
SELL: Final = "system_sell_price_gbp_per_mwh"
VOLUME: Final = "net_imbalance_volume_mwh"
_COLUMNS: Final = [
    "start_at",
    "settlement_date",
    "settlement_period",
    BUY,
    SELL,
    VOLUME,
    "price_derivation_code",
    "source_run",
    "published_at",
    "ingested_at",
]


@dataclass(frozen=True, slots=True)
class PriceSeries:
    """One row a period, in the order of time; a period without a price has nulls.

    Thinned, each bucket keeps the periods of its lowest and highest price and volume, never a mean.
    """

    version: int
    thinned: bool
    bucket_minutes: int
    rows: pl.DataFrame


def price_series(
    *,
    actor: Actor,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    points: int | None = None,
    as_of: datetime | None = None,
) -> PriceSeries:
    """Prices from from_at up to, not including, until_at (or all), in at most so many points."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        found = versioned_rows(
            session,
            SYSTEM_PRICES,
            since=settlement_period_of(from_at)[0] if from_at else None,
            until=settlement_period_of(until_at)[0] if until_at else None,
            as_of=as_of,
            columns=_COLUMNS,
        )
    rows = _on_grid(_between(found.rows, from_at, until_at))
    fewer = thinned(rows, _shown(rows), points or rows.height)
    return PriceSeries(
        version=found.version,
        thinned=fewer.rows_per_bucket > 1,
        bucket_minutes=fewer.rows_per_bucket * PERIOD_MINUTES,
        rows=fewer.rows,
    )


def latest_price_start(*, actor: Actor) -> datetime | None:
    """When the last period that has a price began; none before any were taken in."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        day = last_day(session, SYSTEM_PRICES)
        rows = versioned_rows(session, SYSTEM_PRICES, since=day, until=day, columns=["start_at"])
    return rows.rows["start_at"].max()  # type: ignore[return-value]  # a column of moments


def _between(
    rows: pl.DataFrame, from_at: datetime | None, until_at: datetime | None
) -> pl.DataFrame:
    if from_at is not None:
        rows = rows.filter(pl.col("start_at") >= from_at)
    if until_at is not None:
        rows = rows.filter(pl.col("start_at") < until_at)
    return rows


def _on_grid(rows: pl.DataFrame) -> pl.DataFrame:
    """Every period from the first to the last, so that a missing one is seen as missing."""
    if rows.is_empty():
        return rows
    grid = every_start(rows["start_at"], PERIOD_MINUTES)
    if grid.height == rows.height:
        return rows.sort("start_at")
    start = pl.col("start_at")
    return grid.join(rows, on="start_at", how="left", maintain_order="left").with_columns(
        pl.coalesce("settlement_date", settlement_date_of(start)),
        pl.coalesce("settlement_period", settlement_period_of_expression(start)),
    )


def _shown(rows: pl.DataFrame) -> list[str]:
    """What a chart draws: one price where both are the same, as they are since November 2015."""
    one_price = rows.select((pl.col(BUY).eq_missing(pl.col(SELL))).all()).item()
    return [BUY, VOLUME] if one_price else [BUY, SELL, VOLUME]

"""Generation by fuel, read for charts: series on a whole grid of time, and what is going on now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Final

import polars as pl
from sqlmodel import Session

from settlement_engine.periods import settlement_period_of
from state.domain.actor import Actor
from state.domain.datasets import MOMENT, PUBLISHED_AT
from state.domain.fuels import Fuel
from state.domain.gaps import every_start
from state.domain.permissions import Permission
from state.persistence.fuels import installed_fuels
from state.persistence.publishing import public_reading
from state.persistence.queries.dataset_catalogue import last_day
from state.persistence.queries.dataset_rows import VersionedRows, versioned_rows

GENERATION: Final = "generation_by_fuel"
_VALUES_IN_HALF_HOUR: Final = 6


class Resolution(IntEnum):
    """Minutes between the points of a series."""

    FIVE_MINUTES = 5
    HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class GenerationSeries:
    """One column a fuel beside `start_at`, in MW; a moment without a value is null.

    Import is positive; export and pumping are negative.
    """

    version: int
    resolution: Resolution
    fuels: tuple[Fuel, ...]
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class FuelNow:
    """What one fuel gives at the latest moment."""

    fuel: Fuel
    generation_mw: int


@dataclass(frozen=True, slots=True)
class GenerationNow:
    """The latest moment that there are values for. Exports and pumping are negative."""

    version: int
    start_at: datetime
    published_at: datetime | None
    fuels: tuple[FuelNow, ...]
    generation_mw: int
    import_mw: int
    export_mw: int


def known_fuels(*, actor: Actor) -> tuple[Fuel, ...]:
    """Every fuel in the order of the stack."""
    actor.require(Permission.INSIGHTS_READ)
    return installed_fuels()


def generation_series(
    *,
    actor: Actor,
    from_at: datetime,
    until_at: datetime,
    resolution: Resolution = Resolution.FIVE_MINUTES,
    as_of: datetime | None = None,
) -> GenerationSeries:
    """Generation of each fuel from from_at up to, not including, until_at.

    A half-hour is the mean of the six values that start in it; with fewer it has no value.
    """
    actor.require(Permission.INSIGHTS_READ)
    first, last = _settlement_dates(from_at, until_at)
    with public_reading() as session:
        found = versioned_rows(
            session,
            GENERATION,
            since=first,
            until=last,
            as_of=as_of,
            columns=["start_at", "fuel_code", "generation_mw"],
        )
    rows = found.rows.filter(pl.col("start_at") >= from_at, pl.col("start_at") < until_at)
    if resolution is Resolution.HALF_HOUR:
        rows = _half_hours(rows)
    fuels = _fuels_of(rows["fuel_code"])
    return GenerationSeries(
        version=found.version,
        resolution=resolution,
        fuels=fuels,
        rows=_on_grid(rows, fuels, minutes=int(resolution)),
    )


def generation_now(*, actor: Actor, at: datetime | None = None) -> GenerationNow | None:
    """The latest values of each fuel up to a moment; none where the day before it has none."""
    actor.require(Permission.INSIGHTS_READ)
    with public_reading() as session:
        found = _last_day(session) if at is None else _days_to(session, at)
    rows = found.rows if at is None else found.rows.filter(pl.col("start_at") <= at)
    if rows.is_empty():
        return None
    newest = rows.filter(pl.col("start_at") == pl.col("start_at").max())
    values = dict(newest.select("fuel_code", "generation_mw").iter_rows())
    fuels = tuple(FuelNow(fuel, values[fuel.code]) for fuel in _fuels_of(newest["fuel_code"]))
    return GenerationNow(
        version=found.version,
        start_at=newest["start_at"][0],
        published_at=newest[PUBLISHED_AT].max(),  # type: ignore[arg-type]  # a column of moments
        fuels=fuels,
        generation_mw=sum(now.generation_mw for now in fuels if not now.fuel.interconnector),
        import_mw=sum(max(now.generation_mw, 0) for now in fuels if now.fuel.interconnector),
        export_mw=sum(min(now.generation_mw, 0) for now in fuels if now.fuel.interconnector),
    )


def _settlement_dates(from_at: datetime, until_at: datetime) -> tuple[date, date]:
    """First and last Settlement Date of the moments from from_at up to, not including, until_at."""
    last = max(from_at, until_at - timedelta(microseconds=1))
    return settlement_period_of(from_at)[0], settlement_period_of(last)[0]


def _last_day(session: Session) -> VersionedRows:
    day = last_day(session, GENERATION)
    return versioned_rows(session, GENERATION, since=day, until=day)


def _days_to(session: Session, at: datetime) -> VersionedRows:
    day = settlement_period_of(at)[0]
    return versioned_rows(session, GENERATION, since=day - timedelta(days=1), until=day)


def _half_hours(rows: pl.DataFrame) -> pl.DataFrame:
    value = pl.col("generation_mw")
    whole = value.count() == _VALUES_IN_HALF_HOUR
    half_hour = pl.col("start_at").dt.truncate("30m").alias("start_at")
    return rows.group_by(half_hour, "fuel_code").agg(
        pl.when(whole).then(value.sum() / _VALUES_IN_HALF_HOUR).alias("generation_mw")
    )


def _on_grid(rows: pl.DataFrame, fuels: tuple[Fuel, ...], *, minutes: int) -> pl.DataFrame:
    """One row for each moment from the first to the last, so that a gap is seen as a gap."""
    codes = [fuel.code for fuel in fuels]
    if rows.is_empty():
        return pl.DataFrame(schema={"start_at": MOMENT})
    grid = every_start(rows["start_at"], minutes)
    wide = rows.pivot("fuel_code", index="start_at", values="generation_mw")
    return grid.join(wide, on="start_at", how="left", maintain_order="left").select(
        "start_at", *codes
    )


def _fuels_of(codes: pl.Series) -> tuple[Fuel, ...]:
    """The fuels of the codes in the order of the stack; one no longer configured stands last."""
    present = set(codes.unique())
    known = tuple(fuel for fuel in installed_fuels() if fuel.code in present)
    rest = sorted(present - {fuel.code for fuel in known})
    return known + tuple(Fuel(code=code, name=code, family="other", order=9999) for code in rest)

"""Demand: outturn side by side, in summary, and its peaks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import filtered
from state.domain.bmrs.source import Source

_ITSDO: Final = "initialTransmissionSystemDemandOutturn"
_TARGET: Final = ["startTime", "settlementDate", "settlementPeriod"]
_EVERY: Final = {"minute": "5m", "hourly": "1h", "daily": "1d", "weekly": "1w"}
_TRIADS: Final = 3
_DAYS_APART: Final = 10
_DEFAULT_DAYS: Final = 31
_EVER: Final = (date(1990, 1, 1), date(2100, 1, 1))


def outturn(source: Source, asked: Arguments) -> pl.LazyFrame:
    """INDO and ITSDO of each period in one row, published when the later of them was."""
    national = source.rows("INDO").rename({"demand": "initialDemandOutturn"})
    system = source.rows("ITSDO").rename({"demand": _ITSDO})
    rows = national.join(
        system.select(*_TARGET, _ITSDO, published="publishTime"),
        on=_TARGET,
        how="full",
        coalesce=True,
    ).with_columns(publishTime=pl.max_horizontal("publishTime", "published"))
    return filtered(rows, asked).sort("startTime", descending=True)


def daily(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Energy of each day; of the last 31 days unless a range is given."""
    rows = filtered(source.rows("INDOD", always=True), asked)
    if not asked.given("settlementDateFrom", "settlementDateTo"):
        rows = rows.filter(
            pl.col("settlementDate")
            > pl.col("settlementDate").max() - timedelta(days=_DEFAULT_DAYS)
        )
    return rows.sort("settlementDate", descending=True)


def summary(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Demand at a chosen resolution, each value the mean of what it stands for."""
    rows = filtered(source.rows("ITSDO"), asked).sort("startTime")
    every = _EVERY[asked.get("resolution", "minute")]
    return (
        rows.group_by_dynamic("startTime", every=every)
        .agg(pl.col("demand").mean())
        .with_columns(recordType=pl.lit("INDO"))
    )


def peaks(source: Source, asked: Arguments) -> pl.LazyFrame:
    """The highest half-hour of each day; of the last day held unless a range is given."""
    rows = source.rows("ITSDO").rename({"demand": _ITSDO})
    highest = pl.col(_ITSDO) == pl.col(_ITSDO).max().over("settlementDate")
    return (
        filtered(rows, asked)
        .filter(highest)
        .sort("startTime")
        .unique("settlementDate", keep="first", maintain_order=True)
    )


def indicative_peaks(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Half-hours of a season or range by demand, the greatest first; one of each day."""
    first, last = _season(asked)
    rows = (
        source.rows("ITSDO", always=True)
        .filter(pl.col("settlementDate").is_between(first, last))
        .sort("demand", descending=True)
        .unique("settlementDate", keep="first", maintain_order=True)
    )
    return rows.with_columns(halfHourEndTime=pl.col("startTime") + timedelta(minutes=30))


def triads(source: Source, asked: Arguments) -> pl.LazyFrame:
    """The three greatest half-hours from November to February that are ten days apart."""
    found = indicative_peaks(source, asked).collect()
    chosen: list[date] = []
    for day in found["settlementDate"]:
        if all(abs((day - other).days) >= _DAYS_APART for other in chosen):
            chosen.append(day)
        if len(chosen) == _TRIADS:
            break
    return found.filter(pl.col("settlementDate").is_in(chosen)).lazy()


def _season(asked: Arguments) -> tuple[date, date]:
    """From November to February of the year given, or a range."""
    if asked.given("from", "to"):
        first, last = asked.get("from"), asked.get("to")
        return first.date() if first else _EVER[0], last.date() if last else _EVER[1]
    year = asked.get("triadSeasonStartYear") or asked.get("triadSeason")
    if year is None or not _EVER[0].year <= year < _EVER[1].year:
        return _EVER
    return date(year, 11, 1), date(year + 1, 3, 1) - timedelta(days=1)


def rolling(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Generation of every fuel together at each five minutes: it stands for demand."""
    rows = filtered(source.rows("FUELINST"), asked)
    return (
        rows.group_by("startTime")
        .agg(demand=pl.col("generation").sum())
        .sort("startTime", descending=True)
        .with_columns(recordType=pl.lit("FUELINST"))
    )


VIEWS: Final[dict[str, Callable[[Source, Arguments], pl.LazyFrame]]] = {
    "/demand/outturn": outturn,
    "/demand/outturn/daily": daily,
    "/demand/outturn/summary": summary,
    "/demand/peak": peaks,
    "/demand/peak/indicative": indicative_peaks,
    "/demand/peak/indicative/operational/{triadSeason}": indicative_peaks,
    "/demand/peak/indicative/settlement/{triadSeason}": indicative_peaks,
    "/demand/peak/triad": triads,
    "/generation/outturn": rolling,
}

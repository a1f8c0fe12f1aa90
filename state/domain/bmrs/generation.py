"""Generation: by fuel now and over time, by production type, and over interconnectors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import by_publication, filtered
from state.domain.bmrs.source import Source

_HALF_HOUR: Final = timedelta(minutes=30)
_DAY: Final = timedelta(days=1)
_SIX: Final = 6


def half_hours(source: Source, asked: Arguments) -> pl.LazyFrame:
    """FUELHH as published and, where it was not, the mean of the six values of FUELINST.

    Source: FUELHH is the average output over a Settlement Period (BMRS data catalogue). A period
    that lacks one of its six values has none.
    """
    given = source.rows("FUELHH", every_publication=by_publication(asked))
    key = ["startTime", "fuelType"]
    made = half_hourly(source.rows("FUELINST")).join(given, on=key, how="anti")
    columns = [*key, "publishTime", "settlementDate", "settlementPeriod", "generation"]
    return filtered(pl.concat([given.select(columns), made.select(columns)]), asked)


def half_hourly(five_minutes: pl.LazyFrame) -> pl.LazyFrame:
    """Each half-hour's mean of its six values, rounded to whole MW; published with the last."""
    return (
        five_minutes.with_columns(start=pl.col("startTime").dt.truncate("30m"))
        .group_by("start", "fuelType")
        .agg(
            pl.len().alias("values"),
            pl.col("publishTime").max(),
            pl.col("settlementDate", "settlementPeriod").first(),
            pl.col("generation").mean().round(0),
        )
        .filter(pl.col("values") == _SIX)
        .rename({"start": "startTime"})
    )


def summary(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Every fuel of each half-hour in one row; negative values on request only, as there."""
    rows = half_hours(source, Arguments({}, asked.as_of))
    first, last = asked.get("startTime"), asked.get("endTime")
    if first is not None:
        rows = rows.filter(pl.col("startTime") >= first)
    if last is not None:
        rows = rows.filter(pl.col("startTime") <= last)
    value = pl.col("generation").cast(pl.Int64)
    if not asked.get("includeNegativeGeneration", False):
        value = value.clip(lower_bound=0)
    return (
        rows.sort("startTime", "fuelType")
        .group_by("startTime", "settlementPeriod", maintain_order=True)
        .agg(data=pl.struct("fuelType", value.alias("generation")))
    )


def current(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Each fuel now, in the last half-hour and in the last 24 hours, and its share of all."""
    rows = source.rows("FUELINST")
    latest = pl.col("startTime").max()
    spans = {
        "current": pl.col("startTime") == latest,
        "halfHour": pl.col("startTime") > latest - _HALF_HOUR,
        "twentyFourHour": pl.col("startTime") > latest - _DAY,
    }
    used = _usage(rows, spans)
    fuels = asked.get("fuelType")
    if fuels:
        wanted = [fuel.upper() for fuel in fuels]
        used = used.filter(pl.col("fuelType").is_in(wanted))
    return used.sort("fuelType")


def _usage(rows: pl.LazyFrame, spans: dict[str, pl.Expr]) -> pl.LazyFrame:
    means = {
        f"{name}Usage": pl.col("generation").filter(pl.col(f"_{name}")).mean() for name in spans
    }
    shares = {
        f"{name}Percentage": (
            100 * pl.col(f"{name}Usage") / pl.col(f"{name}Usage").clip(lower_bound=0).sum()
        )
        .fill_nan(0)
        .fill_null(0)
        .round(1)
        for name in spans
    }
    marked = rows.with_columns(**{f"_{name}": span for name, span in spans.items()})
    return marked.group_by("fuelType").agg(**means).with_columns(**shares)


def interconnectors(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Half-hours of fuels that are interconnectors."""
    rows = half_hours(source, asked).join(
        source.rows("INTERCONNECTORS", always=True), on="fuelType"
    )
    return filtered(rows, asked).with_columns(settlementDateTimezone=pl.lit("Europe/London"))


def per_type(source: Source, asked: Arguments) -> pl.LazyFrame:
    """Every production type of each half-hour in one row."""
    rows = filtered(source.rows("AGPT"), asked)
    return (
        rows.sort("startTime", "psrType")
        .group_by("startTime", "settlementPeriod", maintain_order=True)
        .agg(data=pl.struct("businessType", "psrType", "quantity"))
    )


def day_total(source: Source, _: Arguments) -> pl.LazyFrame:
    """Each production type in the last half-hour and the last 24 hours held."""
    rows = source.rows("AGPT").rename({"psrType": "fuelType", "quantity": "generation"})
    latest = pl.col("startTime").max()
    spans = {
        "halfHour": pl.col("startTime") == latest,
        "twentyFourHour": pl.col("startTime") > latest - _DAY,
    }
    return _usage(rows, spans).rename({"fuelType": "psrType"}).sort("psrType")


VIEWS: Final[dict[str, Callable[[Source, Arguments], pl.LazyFrame]]] = {
    "/datasets/FUELHH": half_hours,
    "/generation/outturn/summary": summary,
    "/generation/outturn/current": current,
    "/generation/outturn/interconnectors": interconnectors,
    "/generation/actual/per-type": per_type,
    "/generation/actual/per-type/day-total": day_total,
}

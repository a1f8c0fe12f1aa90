"""Forecasts in five views that are one idea: which publication of each target is meant.

Latest of all, latest at a moment (history), every one for a target (evolution), and the earliest
or latest of each target in a range.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import polars as pl

from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import filtered
from state.domain.bmrs.source import Source

_PUBLISHED: Final = "publishTime"
Rows = Callable[[Source, Arguments], pl.LazyFrame]


@dataclass(frozen=True, slots=True)
class Family:
    """Forecasts of one or more datasets side by side, of targets named by these columns."""

    target: tuple[str, ...]
    parts: tuple[tuple[str, Mapping[str, str]], ...]

    def publications(self, source: Source, _: Arguments) -> pl.LazyFrame:
        """Every publication; parts that were published together stand in one row."""
        (code, names), *others = self.parts
        rows = self._part(source, code, names)
        on = [*self.target, _PUBLISHED]
        for other, other_names in others:
            found = self._part(source, other, other_names).select(
                *on, *(name for name in other_names.values() if name not in on)
            )
            rows = rows.join(found, on=on, how="full", coalesce=True, nulls_equal=True)
        return rows

    def _part(self, source: Source, code: str, names: Mapping[str, str]) -> pl.LazyFrame:
        return source.rows(code, every_publication=True, always=True).rename(names)


def _newest_publication(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.filter(pl.col(_PUBLISHED) == pl.col(_PUBLISHED).max())


def _views(family: Family, rows: Rows) -> dict[str, Callable[[Source, Arguments], pl.LazyFrame]]:
    target = list(family.target)

    def current(source: Source, asked: Arguments) -> pl.LazyFrame:
        return _newest_publication(filtered(rows(source, asked), asked))

    def history(source: Source, asked: Arguments) -> pl.LazyFrame:
        at = asked.get(_PUBLISHED)
        return _newest_publication(
            filtered(rows(source, asked), asked).filter(pl.col(_PUBLISHED) <= at)
        )

    def evolution(source: Source, asked: Arguments) -> pl.LazyFrame:
        found = filtered(rows(source, asked), asked)
        if asked.given("startTime"):
            found = found.filter(pl.col("startTime") == asked.get("startTime"))
        return found.sort(_PUBLISHED, descending=True)

    def latest(source: Source, asked: Arguments) -> pl.LazyFrame:
        found = filtered(rows(source, asked), asked).sort(_PUBLISHED)
        return found.unique(target, keep="last", maintain_order=True)

    def earliest(source: Source, asked: Arguments) -> pl.LazyFrame:
        found = filtered(rows(source, asked), asked).sort(_PUBLISHED)
        return found.unique(target, keep="first", maintain_order=True)

    return {
        "": current,
        "/history": history,
        "/evolution": evolution,
        "/latest": latest,
        "/earliest": earliest,
    }


def _peak(family: Family, rows: Rows, value: str) -> Callable[[Source, Arguments], pl.LazyFrame]:
    """The greatest value of each day among the latest forecasts."""

    def peak(source: Source, asked: Arguments) -> pl.LazyFrame:
        found = _views(family, rows)["/latest"](source, asked)
        return found.filter(pl.col(value) == pl.col(value).max().over("settlementDate")).unique(
            "settlementDate", keep="first", maintain_order=True
        )

    return peak


_PERIOD: Final = ("startTime", "settlementDate", "settlementPeriod", "boundary")

DAY_AHEAD: Final = Family(
    _PERIOD,
    (
        ("TSDF", {"demand": "transmissionSystemDemand"}),
        ("NDF", {"demand": "nationalDemand"}),
    ),
)
DAILY: Final = Family(
    ("forecastDate",),
    (("TSDFD", {"demand": "transmissionSystemDemand"}), ("NDFD", {"demand": "nationalDemand"})),
)
WEEKLY: Final = Family(
    ("forecastYear", "forecastWeek"),
    (
        (
            "TSDFW",
            {"demand": "transmissionSystemDemand", "year": "forecastYear", "week": "forecastWeek"},
        ),
        ("NDFW", {"demand": "nationalDemand", "year": "forecastYear", "week": "forecastWeek"}),
    ),
)
INDICATED: Final = Family(
    _PERIOD,
    (
        ("INDGEN", {"generation": "indicatedGeneration"}),
        ("INDDEM", {"demand": "indicatedDemand"}),
        ("MELNGC", {"margin": "indicatedMargin"}),
        ("IMBALNGC", {"imbalance": "indicatedImbalance"}),
    ),
)
WIND: Final = Family(("startTime",), (("WINDFOR", {}),))
MARGIN_DAILY: Final = Family(("forecastDate",), (("OCNMFD2", {}),))
MARGIN_WEEKLY: Final = Family(("year", "week"), (("OCNMF3Y2", {}),))
SURPLUS_DAILY: Final = Family(("forecastDate",), (("OCNMFD", {}),))
SURPLUS_WEEKLY: Final = Family(("year", "week"), (("OCNMF3Y", {}),))


def _with_week_start(family: Family, year: str, week: str) -> Rows:
    """The Monday of each week: of an ISO year and week."""

    def rows(source: Source, asked: Arguments) -> pl.LazyFrame:
        start = _monday(pl.col(year), pl.col(week))
        return family.publications(source, asked).with_columns(weekStartDate=start)

    return rows


def _monday(year: pl.Expr, week: pl.Expr) -> pl.Expr:
    """4 January is in the first week of its ISO year."""
    january_4 = pl.date(year, 1, 4)
    first = january_4 - pl.duration(days=january_4.dt.weekday().cast(pl.Int64) - 1)
    return (first + pl.duration(weeks=week - 1)).cast(pl.Date)


_LEVELS: Final = {
    "daily": {"total": "NOU2T14D", "fuelType": "FOU2T14D", "bmUnit": "UOU2T14D"},
    "weekly": {"total": "NOU2T3YW", "fuelType": "FOU2T3YW", "bmUnit": "UOU2T3YW"},
}


def _availability(cadence: str) -> Rows:
    """Output usable at the level asked for: of the nation, of each fuel, of each BM Unit."""

    def rows(source: Source, asked: Arguments) -> pl.LazyFrame:
        code = _LEVELS[cadence][asked.get("level", "fuelType")]
        found = source.rows(code, every_publication=True, always=True)
        names = {"nationalGridBmUnit": "ngcBmUnit", "week": "calendarWeekNumber"}
        held = found.collect_schema()
        return found.rename({name: to for name, to in names.items() if name in held}).with_columns(
            dataset=pl.lit(code)
        )

    return rows


def _loss_of_load(source: Source, asked: Arguments) -> pl.LazyFrame:
    rows = source.rows("LOLPDRM", every_publication=True)
    ahead = pl.col("startTime") - pl.col("publishingPeriodCommencingTime")
    return filtered(rows, asked).with_columns(forecastHorizon=ahead.dt.total_minutes() / _HOUR)


_HOUR: Final = timedelta(hours=1) // timedelta(minutes=1)


def _availability_summary(code: str, target: tuple[str, ...]) -> Rows:
    def rows(source: Source, _: Arguments) -> pl.LazyFrame:
        newest = _newest_publication(source.rows(code, every_publication=True, always=True))
        if "forecastDate" not in target:
            week = _monday(pl.col("year"), pl.col("calendarWeekNumber"))
            newest = newest.with_columns(forecastDate=week)
        return newest.group_by("forecastDate", maintain_order=True).agg(
            data=pl.struct("fuelType", pl.col("outputUsable").cast(pl.Int64))
        )

    return rows


def _at(address: str, family: Family, rows: Rows | None = None) -> dict[str, Rows]:
    found = _views(family, rows or family.publications)
    return {f"{address}{ending}": view for ending, view in found.items()}


VIEWS: Final[dict[str, Rows]] = {
    **_at("/forecast/demand/day-ahead", DAY_AHEAD),
    "/forecast/demand/day-ahead/peak": _peak(
        DAY_AHEAD, DAY_AHEAD.publications, "transmissionSystemDemand"
    ),
    **_at("/forecast/demand/daily", DAILY),
    **_at(
        "/forecast/demand/weekly", WEEKLY, _with_week_start(WEEKLY, "forecastYear", "forecastWeek")
    ),
    **_at("/forecast/indicated/day-ahead", INDICATED),
    **_at("/forecast/generation/wind", WIND),
    "/forecast/generation/wind/peak": _peak(WIND, WIND.publications, "generation"),
    **_at("/forecast/margin/daily", MARGIN_DAILY),
    **_at(
        "/forecast/margin/weekly", MARGIN_WEEKLY, _with_week_start(MARGIN_WEEKLY, "year", "week")
    ),
    **_at("/forecast/surplus/daily", SURPLUS_DAILY),
    **_at(
        "/forecast/surplus/weekly", SURPLUS_WEEKLY, _with_week_start(SURPLUS_WEEKLY, "year", "week")
    ),
    **_at("/forecast/availability/daily", MARGIN_DAILY, _availability("daily")),
    **_at("/forecast/availability/weekly", MARGIN_WEEKLY, _availability("weekly")),
    "/forecast/availability/summary/14D": _availability_summary("FOU2T14D", ("forecastDate",)),
    "/forecast/availability/summary/3YW": _availability_summary(
        "FOU2T3YW", ("year", "calendarWeekNumber")
    ),
    "/forecast/demand/total/week-ahead/latest": lambda source, asked: _newest_publication(
        filtered(source.rows("WATL", every_publication=True, always=True), asked)
    ),
    "/forecast/system/loss-of-load": _loss_of_load,
}

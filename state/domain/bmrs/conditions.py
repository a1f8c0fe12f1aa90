"""Which rows a question is about: the official filters, over rows with official names.

A filter does nothing where the rows have no such column. A range holds both of its ends. Once a
Settlement Period is given, `from` and `to` are Settlement Dates and their times mean nothing.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import polars as pl

from state.domain.bmrs.arguments import Arguments

TIMES: Final = (
    "timeFrom",
    "startTime",
    "time",
    "measurementTime",
    "measurementDate",
    "eventStartTime",
    "forecastDate",
    "publishTime",
    "settlementDate",
)
"""The column that `from` and `to` mean: the first of these that the rows have."""

_RANGES: Final = {
    "publishDateTimeFrom": ("publishTime", pl.Expr.ge),
    "publishDateTimeTo": ("publishTime", pl.Expr.le),
    "measurementDateTimeFrom": ("measurementTime", pl.Expr.ge),
    "measurementDateTimeTo": ("measurementTime", pl.Expr.le),
    "submissionDateTimeFrom": ("submissionDateTime", pl.Expr.ge),
    "submissionDateTimeTo": ("submissionDateTime", pl.Expr.le),
    "settlementDateFrom": ("settlementDate", pl.Expr.ge),
    "settlementDateTo": ("settlementDate", pl.Expr.le),
    "fromDate": ("settlementDate", pl.Expr.ge),
    "toDate": ("settlementDate", pl.Expr.le),
}
_EQUAL: Final = {
    "settlementDate": "settlementDate",
    "date": "settlementDate",
    "boundary": "boundary",
    "forecastDate": "forecastDate",
    "forecastYear": "forecastYear",
    "forecastWeek": "forecastWeek",
    "interconnector": "interconnector",
    "region": "region",
    "gspGroupId": "gspGroupId",
    "tradingUnitType": "tradingUnitType",
    "bscPartyId": "bscPartyId",
    "acceptanceNumber": "acceptanceNumber",
    "mrid": "mrid",
    "revisionNumber": "revisionNumber",
}
_ALIKE: Final = (
    "warningType",
    "participantId",
    "assetId",
    "messageType",
    "unavailabilityType",
    "processType",
)
_ALL: Final = "all"
_ONE_OF: Final = {
    "settlementPeriod": "settlementPeriod",
    "year": "year",
    "fuelType": "fuelType",
    "dataProviders": "dataProvider",
    "biddingZone": "biddingZone",
    "tradingUnitName": "tradingUnitName",
    "settlementRunType": "settlementRunType",
    "interconnectorName": "interconnectorName",
    "eventType": "eventType",
    "partyIds": "leadPartyId",
}


def by_publication(asked: Arguments) -> bool:
    """Whether the question is about what was published when: then no publication hides another."""
    return asked.given("publishDateTimeFrom", "publishDateTimeTo", "publishDate")


def window(asked: Arguments) -> tuple[date | None, date | None]:
    """Settlement Dates that hold every row asked for, both included; open where nothing says."""
    first = [*_days(asked, *_DATES, "settlementDateFrom", "fromDate")]
    last = [*_days(asked, *_DATES, "settlementDateTo", "toDate")]
    for name in ("from", "measurementDateTimeFrom", "submissionDateTimeFrom", "startTime"):
        first += _days(asked, name, moved=-1)
    for name in ("to", "measurementDateTimeTo", "submissionDateTimeTo", "endTime"):
        last += _days(asked, name, moved=1)
    if asked.given("startTime") and not asked.given("endTime"):
        last += _days(asked, "startTime", moved=1)
    return max(first, default=None), min(last, default=None)


_DATES: Final = ("settlementDate", "date", "forecastDate")


def _days(asked: Arguments, *names: str, moved: int = 0) -> list[date]:
    given = [_date(asked.get(name)) for name in names if name in asked.values]
    return [day + timedelta(days=moved) for day in given]


def _date(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def filtered(rows: pl.LazyFrame, asked: Arguments) -> pl.LazyFrame:
    """The rows that every filter lets through."""
    columns = rows.collect_schema()
    for condition in _conditions(columns, asked):
        rows = rows.filter(condition)
    return rows


def _conditions(columns: Mapping[str, Any], asked: Arguments) -> list[pl.Expr]:
    found = [
        compare(pl.col(column), asked.get(name))
        for name, (column, compare) in _RANGES.items()
        if name in asked.values and column in columns
    ]
    found += [
        pl.col(column) == asked.get(name)
        for name, column in _EQUAL.items()
        if name in asked.values and column in columns
    ]
    found += [
        pl.col(name).str.to_lowercase() == str(asked.get(name)).lower()
        for name in _ALIKE
        if asked.get(name, _ALL) != _ALL and name in columns
    ]
    found += [
        _is_one_of(pl.col(column), asked.get(name))
        for name, column in _ONE_OF.items()
        if name in asked.values and column in columns
    ]
    if "publishDate" in asked.values and "publishTime" in columns:
        found.append(pl.col("publishTime").dt.date() == asked.get("publishDate"))
    weeks = [name for name in ("week", "calendarWeekNumber") if name in columns]
    if "week" in asked.values:
        found += [_is_one_of(pl.col(name), asked.get("week")) for name in weeks]
    return [*found, *_between(columns, asked), *_of_units(columns, asked)]


def _is_one_of(column: pl.Expr, wanted: Any) -> pl.Expr:  # noqa: ANN401  # one value or several
    several = wanted if isinstance(wanted, tuple) else (wanted,)
    if any(isinstance(value, str) for value in several):
        return column.str.to_lowercase().is_in([str(value).lower() for value in several])
    return column.is_in(list(several))


def _between(columns: Mapping[str, Any], asked: Arguments) -> list[pl.Expr]:
    if not asked.given("from", "to"):
        return []
    if asked.given("settlementPeriodFrom", "settlementPeriodTo") and "settlementPeriod" in columns:
        return _between_periods(asked)
    column = next(name for name in TIMES if name in columns)
    time = pl.col(column)
    in_days = columns[column] == pl.Date()
    cut: Callable[[Any], Any] = _date if in_days else lambda moment: moment
    found = [time >= cut(asked.get("from"))] if "from" in asked.values else []
    return [*found, *([time <= cut(asked.get("to"))] if "to" in asked.values else [])]


def _between_periods(asked: Arguments) -> list[pl.Expr]:
    """Dates and periods as numbers that grow with time: 20261025 and 3 is 2026102503."""
    of_row = _ordinal(pl.col("settlementDate"), pl.col("settlementPeriod"))
    found = []
    if "from" in asked.values:
        first = pl.lit(_date(asked.get("from")))
        found.append(of_row >= _ordinal(first, pl.lit(asked.get("settlementPeriodFrom", 1))))
    if "to" in asked.values:
        last = pl.lit(_date(asked.get("to")))
        found.append(of_row <= _ordinal(last, pl.lit(asked.get("settlementPeriodTo", _LAST))))
    return found


_LAST: Final = 99


def _ordinal(day: pl.Expr, period: pl.Expr) -> pl.Expr:
    return day.dt.epoch("d").cast(pl.Int64) * 100 + period.cast(pl.Int64)


def _of_units(columns: Mapping[str, Any], asked: Arguments) -> list[pl.Expr]:
    """A unit by either of its names."""
    if "bmUnit" not in asked.values:
        return []
    wanted = asked.get("bmUnit")
    names = [name for name in _UNIT_NAMES if name in columns]
    if not names:
        return []
    several = [one.upper() for one in (wanted if isinstance(wanted, tuple) else (wanted,))]
    return [pl.any_horizontal(pl.col(name).str.to_uppercase().is_in(several) for name in names)]


_UNIT_NAMES: Final = ("bmUnit", "nationalGridBmUnit", "nationalGridBmUnitId", "ngcBmUnit")

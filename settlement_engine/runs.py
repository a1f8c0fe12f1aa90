"""Settlement Runs: the runs of a Settlement Date, their order, and the days they are due.

A Settlement Date is settled anew in each run, from II to RF, and in DF when a dispute asks for it.
Which runs there are and how many days after the Settlement Date is dated data, one file an
arrangement in `timetables/`, chosen by the Settlement Date and never by the day of the run
(`settlement.md` 9). A timetable made from counts says that it is generated; where a published
calendar is loaded, the calendar is the authority.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from settlement_engine.parameter import Reference
from settlement_engine.working_days import working_days_after


class RunType(StrEnum):
    """The kinds of Settlement Run, in the order in which one replaces another.

    Some lists write D for DF: `RunType("D")` is DF (`settlement.md` 21, trap 30).
    """

    II = "II"
    SF = "SF"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    RF = "RF"
    DF = "DF"

    @classmethod
    def _missing_(cls, value: object) -> "RunType | None":
        return cls.DF if value == "D" else None

    @property
    def order(self) -> int:
        """The place among the runs, II first: a later run replaces an earlier one."""
        return list(RunType).index(self)

    def __lt__(self, other: str) -> bool:
        return self.order < RunType(other).order

    def __le__(self, other: str) -> bool:
        return self.order <= RunType(other).order

    def __gt__(self, other: str) -> bool:
        return self.order > RunType(other).order

    def __ge__(self, other: str) -> bool:
        return self.order >= RunType(other).order


class Season(StrEnum):
    """BSC Seasons, in order from December: CALF, GC, DC and TLF are set for each."""

    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"


@dataclass(frozen=True, slots=True)
class DueRun:
    """One run of one Settlement Date and its days; `generated` unless a calendar was published."""

    run_type: RunType
    settlement_date: date
    run_on: date
    notification_on: date
    payment_on: date | None
    generated: bool = True


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RunCounts(_Strict):
    """How long after the Settlement Date one run is made, told and paid; no payment for II."""

    run: RunType
    file_working_days: int = Field(ge=1)
    notification_working_days: int = Field(ge=1)
    payment_working_days: int | None = Field(None, ge=1)
    payment_calendar_days: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _paid_once_and_told_after_it_is_made(self) -> Self:
        if None not in (self.payment_working_days, self.payment_calendar_days):
            raise ValueError(f"{self.run} has two counts for its payment: keep one")
        if self.notification_working_days < self.file_working_days:
            raise ValueError(f"{self.run} is told before its files are made")
        return self


class Timetable(_Strict):
    """The runs of the Settlement Dates from `since` on."""

    name: str
    description: str
    since: date
    modification: str
    runs: tuple[RunCounts, ...] = Field(min_length=1)
    dispute_window_months: int = Field(ge=1)
    references: tuple[Reference, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        runs = [counts.run for counts in self.runs]
        files = [counts.file_working_days for counts in self.runs]
        if runs != sorted(set(runs)) or files != sorted(set(files)):
            raise ValueError(f"the runs of {self.name} must stand in order, each once and later")
        return self


MONTHS_OF_A_YEAR: Final = 12
MONTHS_OF_A_SEASON: Final = 3


def run_timetable(settlement_date: date, published: Sequence[DueRun] = ()) -> tuple[DueRun, ...]:
    """The runs that are due for a Settlement Date, in order; DF is at need and not among them.

    Where `published` names the date, it decides alone: which runs there are and when.

    Raises:
        ValueError: The date lies before the first timetable.
    """
    told = [due for due in published if due.settlement_date == settlement_date]
    if told:
        return tuple(sorted(told, key=lambda due: due.run_type))
    return tuple(_due(settlement_date, counts) for counts in timetable_on(settlement_date).runs)


def runs_due_on(day: date, published: Sequence[DueRun] = ()) -> tuple[DueRun, ...]:
    """The runs to be made on a day, the oldest Settlement Date first; none on a day of rest.

    A Friday, Saturday and Sunday are run together: the same count leads to the same day.
    """
    farthest = max(counts.file_working_days for table in timetables() for counts in table.runs)
    oldest = max(day - timedelta(days=2 * farthest), timetables()[0].since)
    told: dict[date, list[DueRun]] = {
        oldest + timedelta(days=n): [] for n in range((day - oldest).days)
    }
    for due in published:
        told.setdefault(due.settlement_date, []).append(due)
    dues = (due for date_ in sorted(told) for due in run_timetable(date_, told[date_]))
    return tuple(due for due in dues if due.run_on == day)


def disputes_close_on(settlement_date: date) -> date:
    """The last day on which a dispute can lead to a DF run of the Settlement Date."""
    months = timetable_on(settlement_date).dispute_window_months
    years, months = divmod(settlement_date.month - 1 + months, MONTHS_OF_A_YEAR)
    year, month = settlement_date.year + years, months + 1
    return date(year, month, min(settlement_date.day, calendar.monthrange(year, month)[1]))


def season(settlement_date: date) -> Season:
    """The BSC Season: spring from 1 March, summer 1 June, autumn 1 September, winter 1 December.

    (`settlement.md` 9.4.)
    """
    return list(Season)[settlement_date.month % MONTHS_OF_A_YEAR // MONTHS_OF_A_SEASON]


def timetable_on(settlement_date: date) -> Timetable:
    """The timetable in force for a Settlement Date.

    Raises:
        ValueError: The date lies before the first.
    """
    started = [table for table in timetables() if table.since <= settlement_date]
    if not started:
        raise ValueError(f"{settlement_date} lies before the first timetable of runs.")
    return started[-1]


@cache
def timetables() -> tuple[Timetable, ...]:
    """Every timetable of `timetables/`, in order of date."""
    files = resources.files("settlement_engine.timetables").iterdir()
    tables = [
        read_timetable(file.name.removesuffix(".yaml"), file.read_text(encoding="utf-8"))
        for file in files
        if file.name.endswith(".yaml")
    ]
    return tuple(sorted(tables, key=lambda table: table.since))


def read_timetable(name: str, text: str) -> Timetable:
    """A timetable from the text of its file."""
    return Timetable.model_validate({"name": name, **yaml.safe_load(text)})


def _due(settlement_date: date, counts: RunCounts) -> DueRun:
    return DueRun(
        run_type=counts.run,
        settlement_date=settlement_date,
        run_on=working_days_after(settlement_date, counts.file_working_days),
        notification_on=working_days_after(settlement_date, counts.notification_working_days),
        payment_on=_payment_on(settlement_date, counts),
    )


def _payment_on(settlement_date: date, counts: RunCounts) -> date | None:
    if counts.payment_calendar_days is not None:
        day = settlement_date + timedelta(days=counts.payment_calendar_days)
        return working_days_after(day - timedelta(days=1), 1)  # banks rest when the market rests
    if counts.payment_working_days is not None:
        return working_days_after(settlement_date, counts.payment_working_days)
    return None

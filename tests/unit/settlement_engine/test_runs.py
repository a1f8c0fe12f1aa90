"""Settlement Runs: their order, their days by Settlement Date, and what has been published."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from settlement_engine import runs
from settlement_engine.runs import RunType, Season
from settlement_engine.working_days import is_working_day, working_days_after

EVIDENCE = (
    Path(__file__).parents[4] / "shared/data/settlement/settlement_run_publication_evidence.csv"
)
II, SF, R1, R2, R3, RF, DF = RunType

LEGACY, TRANSITION, MHHS = date(2026, 1, 7), date(2027, 3, 31), date(2027, 7, 2)


def types(settlement_date):
    return [due.run_type for due in runs.run_timetable(settlement_date)]


def due(settlement_date, run_type):
    return next(due for due in runs.run_timetable(settlement_date) if due.run_type == run_type)


def test_a_later_run_is_greater_than_an_earlier_one():
    assert II < SF < R1 < R2 < R3 < RF < DF
    assert sorted(["RF", "SF", "II"], key=RunType) == ["II", "SF", "RF"]
    assert RunType("RF") <= RF
    assert RunType("RF") >= RF
    assert R1 > "SF"  # text is read as a run
    assert not SF < "II"


def test_d_is_read_as_df_and_nothing_else_is_made_up():
    assert RunType("D") is DF
    with pytest.raises(ValueError, match="X"):
        RunType("X")


@pytest.mark.parametrize(
    ("settlement_date", "expected"),
    [
        (date(2001, 3, 27), [II, SF, R1, R2, R3, RF]),
        (date(2026, 8, 19), [II, SF, R1, R2, R3, RF]),
        (date(2026, 8, 20), [II, SF, R1, R2, RF]),
        (date(2027, 7, 1), [II, SF, R1, R2, RF]),
        (date(2027, 7, 2), [II, SF, R1, RF]),
    ],
)
def test_the_settlement_date_says_which_runs_there_are(settlement_date, expected):
    assert types(settlement_date) == expected


def test_before_the_first_timetable_there_are_no_runs():
    with pytest.raises(ValueError, match="2001-03-26 lies before the first timetable"):
        runs.run_timetable(date(2001, 3, 26))


@pytest.mark.parametrize(
    ("settlement_date", "run_type", "file_days", "told_days"),
    [
        (LEGACY, II, 5, 5), (LEGACY, SF, 16, 16), (LEGACY, R1, 35, 39),
        (LEGACY, R2, 80, 84), (LEGACY, R3, 150, 154), (LEGACY, RF, 288, 292),
        (TRANSITION, RF, 150, 154),
        (MHHS, II, 4, 4), (MHHS, SF, 7, 7), (MHHS, R1, 30, 30), (MHHS, RF, 84, 84),
    ],
)  # fmt: skip
def test_a_run_is_made_and_told_so_many_working_days_later(
    settlement_date, run_type, file_days, told_days
):
    found = due(settlement_date, run_type)
    assert found.run_on == working_days_after(settlement_date, file_days)
    assert found.notification_on == working_days_after(settlement_date, told_days)
    assert found.generated


@pytest.mark.parametrize(
    ("settlement_date", "paid_on"),
    [
        (date(2026, 1, 7), date(2026, 2, 5)),  # a Wednesday: 29 days later is a Thursday
        (date(2026, 1, 9), date(2026, 2, 9)),  # a Friday: the Saturday gives way to Monday
        (date(2026, 3, 5), date(2026, 4, 7)),  # 29 days later is Good Friday
        (date(2027, 7, 6), date(2027, 8, 4)),
    ],
)
def test_sf_is_paid_29_calendar_days_later_on_a_working_day(settlement_date, paid_on):
    assert due(settlement_date, SF).payment_on == paid_on


def test_ii_is_not_paid_and_the_others_on_their_own_day():
    assert due(LEGACY, II).payment_on is None
    assert due(LEGACY, R1).payment_on == due(LEGACY, R1).notification_on


@pytest.mark.parametrize(
    ("settlement_date", "run_type", "run_on"),
    [
        (date(2022, 9, 14), II, date(2022, 9, 22)),  # over the state funeral of 19 September
        (date(2023, 5, 2), II, date(2023, 5, 10)),  # over the coronation of 8 May
        (date(2022, 5, 27), II, date(2022, 6, 7)),  # over both days of the Platinum Jubilee
        (date(2020, 5, 5), II, date(2020, 5, 13)),  # over VE Day
    ],
)
def test_one_off_bank_holidays_put_a_run_off(settlement_date, run_type, run_on):
    assert due(settlement_date, run_type).run_on == run_on


def test_the_last_runs_of_the_old_timetable_are_over_by_the_end_of_october_2027():
    last = max(
        found.notification_on
        for table in (date(2026, 8, 19) - timedelta(days=n) for n in range(30))
        for found in runs.run_timetable(table)
    )
    assert last == date(2027, 10, 14)
    assert due(date(2027, 7, 1), R2).notification_on == date(2027, 10, 28)
    assert due(date(2026, 8, 19), R3).notification_on == date(2027, 3, 31)
    assert due(date(2026, 8, 20), RF).notification_on == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("settlement_date", "closes_on"),
    [
        (date(2026, 1, 7), date(2028, 5, 7)),
        (date(2024, 10, 31), date(2027, 2, 28)),  # the month is shorter
        (date(2025, 10, 31), date(2028, 2, 29)),
        (date(2026, 8, 19), date(2028, 12, 19)),
        (date(2026, 8, 20), date(2028, 4, 20)),
        (date(2027, 7, 2), date(2029, 3, 2)),
        (date(2026, 12, 1), date(2028, 8, 1)),
    ],
)
def test_disputes_close_after_28_months_and_later_20(settlement_date, closes_on):
    assert runs.disputes_close_on(settlement_date) == closes_on


@given(st.dates(date(2001, 3, 27), date(2035, 12, 31)))
def test_the_days_of_any_date_are_working_days_in_order_before_disputes_close(settlement_date):
    dues = runs.run_timetable(settlement_date)
    assert [found.run_type for found in dues] == sorted(found.run_type for found in dues)
    days = [found.run_on for found in dues]
    assert days == sorted(set(days))
    for found in dues:
        later = [
            found.run_on,
            found.notification_on,
            *([found.payment_on] * bool(found.payment_on)),
        ]
        assert all(map(is_working_day, later))
        assert later == sorted(later)
    assert dues[-1].run_type is RF
    assert dues[-1].notification_on < runs.disputes_close_on(settlement_date)


def test_a_published_calendar_decides_for_the_dates_it_names_and_for_no_other():
    moved = replace(due(LEGACY, SF), run_on=date(2026, 1, 30), generated=False)
    dispute = replace(moved, run_type=DF, run_on=date(2028, 3, 1))
    published = [dispute, moved]

    assert runs.run_timetable(LEGACY, published) == (moved, dispute)
    other = LEGACY + timedelta(days=1)
    assert runs.run_timetable(other, published) == runs.run_timetable(other)
    assert moved in runs.runs_due_on(date(2026, 1, 30), published)
    assert dispute in runs.runs_due_on(date(2028, 3, 1), published)


def test_a_working_day_has_a_run_of_each_kind_and_the_weekend_together():
    due_on_monday = runs.runs_due_on(date(2026, 6, 15))
    by_type = {
        run_type: [found.settlement_date for found in due_on_monday if found.run_type == run_type]
        for run_type in RunType
    }
    assert by_type[II] == [date(2026, 6, 8)]
    assert [run_type for run_type in RunType if by_type[run_type]] == [II, SF, R1, R2, R3, RF]
    due_on_friday = runs.runs_due_on(date(2026, 6, 12))
    interim = [found.settlement_date for found in due_on_friday if found.run_type == II]
    assert interim == [date(2026, 6, 5), date(2026, 6, 6), date(2026, 6, 7)]
    assert runs.runs_due_on(date(2026, 6, 14)) == ()


@pytest.mark.parametrize(
    ("settlement_date", "expected"),
    [
        (date(2026, 2, 28), Season.WINTER), (date(2024, 2, 29), Season.WINTER),
        (date(2026, 3, 1), Season.SPRING), (date(2026, 5, 31), Season.SPRING),
        (date(2026, 6, 1), Season.SUMMER), (date(2026, 8, 31), Season.SUMMER),
        (date(2026, 9, 1), Season.AUTUMN), (date(2026, 11, 30), Season.AUTUMN),
        (date(2026, 12, 1), Season.WINTER), (date(2027, 1, 1), Season.WINTER),
    ],
)  # fmt: skip
def test_a_season_is_three_months(settlement_date, expected):
    assert runs.season(settlement_date) is expected


TEXT = """
description: Something
since: 2030-01-01
modification: P999
runs:
  - {run: II, file_working_days: 5, notification_working_days: 5}
  - {run: D, file_working_days: 9, notification_working_days: 9, payment_working_days: 9}
dispute_window_months: 20
"""


def test_a_timetable_may_write_d_for_df():
    assert [counts.run for counts in runs.read_timetable("x", TEXT).runs] == [II, DF]


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "colour: red",
        TEXT.replace("run: II", "run: RX"),
        TEXT.replace("run: D,", "run: II,"),
        TEXT.replace("file_working_days: 9", "file_working_days: 4"),
        TEXT.replace("notification_working_days: 9", "notification_working_days: 8"),
        TEXT.replace(
            "payment_working_days: 9", "payment_working_days: 9, payment_calendar_days: 9"
        ),
        TEXT.replace("dispute_window_months: 20", "dispute_window_months: 0"),
    ],
)
def test_a_timetable_that_contradicts_itself_is_refused(text):
    with pytest.raises(ValidationError):
        runs.read_timetable("x", text)


@pytest.mark.skipif(not EVIDENCE.exists(), reason=f"the published files are not at {EVIDENCE}")
def test_published_files_came_on_the_day_their_count_says_and_most_on_the_day_we_say():
    """V13: 23 files as published; the three that differ from the timetable are counted."""
    rows = pl.read_csv(EVIDENCE, infer_schema=False).select(
        settlement_date=pl.col("settlement_date").str.to_date("%Y%m%d"),
        run_type=pl.col("run"),
        published_on=pl.col("file_publication_date").str.to_date("%Y%m%d"),
        working_days=pl.col("working_days_after_SD_EnglandWales").cast(pl.Int64),
        calendar_days=pl.col("calendar_days").cast(pl.Int64),
    )
    assert rows.height == 23
    gaps = Counter()
    for row in rows.iter_rows(named=True):
        settlement_date, published_on = row["settlement_date"], row["published_on"]
        assert working_days_after(settlement_date, row["working_days"]) == published_on
        assert settlement_date + timedelta(days=row["calendar_days"]) == published_on
        run_on = due(settlement_date, RunType(row["run_type"])).run_on
        gaps[row["run_type"], (published_on - run_on).days] += 1
    assert gaps == {
        ("II", 0): 1, ("II", -2): 1,
        ("SF", 0): 7, ("SF", 1): 2,
        ("R1", 0): 2, ("R2", 0): 2, ("R3", 0): 8,
    }  # fmt: skip

import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from kinnect_app.ingest.fuelinst import FUELINST
from state.domain.actor import ANYONE
from state.services.datasets import dataset_rows
from state.services.generation import Resolution, generation_series
from tests.unit.state.services.feeds import (
    REAL,
    fuel_row,
    needs_real_data,
    take_in,
    take_in_rows,
)

REAL_OCTOBER = REAL / "fuel" / "fuelinst_year_2025_month_10.parquet"


def held() -> pl.DataFrame:
    return dataset_rows(actor=ANYONE, name="generation_by_fuel").rows


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"fuelType": "FUSION"}, "unknown fuel", "fuels.yaml"),
        ({"fuelType": None}, "empty", "Give one"),
        ({"generation": None}, "empty", "Give one"),
        ({"generation": float("nan")}, "not finite", "measured"),
        ({"generation": float("inf")}, "not finite", "measured"),
        ({"generation": 10**400}, "not finite", "measured"),
        ({"generation": "lots"}, "not a number", "number"),
        ({"generation": True}, "not a number", "number"),
        ({"generation": [1]}, "not a number", "number"),
        ({"generation": 5000.5}, "not whole", "another unit"),
        ({"generation": 5_000_000}, "beyond limits", "Is this in kW?"),
        ({"generation": -5000}, "beyond limits", "Is this in kW?"),
        ({"fuelType": "INTFR", "generation": 4001}, "beyond limits", "Is this in kW?"),
        ({"startTime": None}, "empty", "Give one"),
        ({"startTime": "2025-10-01T00:00:00"}, "no time zone", "Z"),
        ({"startTime": "yesterday"}, "not a moment", "Z"),
        ({"startTime": "2025-10-01T00:02:00Z"}, "off the grid", "start"),
        ({"publishTime": "2025-09-30T23:59:59Z"}, "published early", "UTC"),
        (
            {"startTime": "2027-01-01T00:00:00Z", "publishTime": "2027-01-01T00:05:00Z"},
            "in the future",
            "forecast",
        ),
        ({"startTime": "1990-01-01T00:00:00Z"}, "too long ago", "unit"),
        ({"dataset": "FUELHH"}, "other source", "FUELINST"),
        ({"source": "Sheffield Solar PVLive", "fuelType": "SOLAR"}, "other source", "Leave rows"),
        ({"settlementDate": "2025-10-01", "settlementPeriod": 49}, "no such period", "46"),
        ({"settlementDate": "2025-10-01", "settlementPeriod": 1}, "contradicts itself", "UTC"),
        ({"settlementDate": "first of May", "settlementPeriod": 3}, "wrong type", "types"),
    ],
)
def test_a_bad_row_is_refused_with_its_place_and_the_good_one_is_kept(
    database: Path, changes: dict[str, object], code: str, words: str
) -> None:
    rows = [fuel_row(), fuel_row("2025-10-01T00:00:00Z", fuelType="CCGT") | changes]
    receipt = take_in_rows(FUELINST, database / "in", rows)
    reason = receipt.reasons[0]
    assert reason.code == code
    assert words in reason.reason + reason.remedy
    assert reason.file == "given.json"
    if code == "wrong type":
        assert (receipt.rows_stored, receipt.rows_refused) == (0, 2)
    else:
        assert (receipt.rows_stored, receipt.rows_refused, reason.row) == (1, 1, 2)
    assert receipt.report is not None
    assert code in receipt.report.read_text()


def test_each_reason_of_a_row_is_told(database: Path) -> None:
    rows = [fuel_row(), fuel_row(fuelType="FUSION", generation=9e9, startTime="x")]
    receipt = take_in_rows(FUELINST, database / "in", rows)
    codes = {reason.code for reason in receipt.reasons}
    assert codes == {"unknown fuel", "beyond limits", "not a moment"}
    assert receipt.rows_refused == 1


@pytest.mark.parametrize(
    ("rename", "words"),
    [
        ({"generation": "generation_kw"}, "There is generation_kw: is it in another unit?"),
        ({"generation": "generationGW"}, "There is generationGW: is it in another unit?"),
        ({"fuelType": "colour"}, "There is no column fuelType."),
        ({"startTime": "halfHourEndTime"}, "There is no column startTime"),
    ],
)
def test_a_file_without_a_column_is_refused_whole(
    database: Path, rename: dict[str, str], words: str
) -> None:
    rows = [{rename.get(name, name): value for name, value in fuel_row().items()}]
    receipt = take_in_rows(FUELINST, database / "in", rows)
    assert (receipt.files_refused, receipt.rows_stored) == (1, 0)
    assert words in receipt.reasons[0].reason


def test_local_moments_are_refused_whole(database: Path) -> None:
    path = database / "local.parquet"
    pl.DataFrame(
        {"startTime": [datetime(2025, 10, 1)], "fuelType": ["WIND"], "generation": [1]}  # noqa: DTZ001
    ).write_parquet(path)
    receipt = take_in(FUELINST, path)
    assert receipt.files_refused == 1
    assert "time zone" in receipt.reasons[0].reason


def test_equal_rows_count_once_and_rows_that_contradict_are_all_refused(database: Path) -> None:
    other = fuel_row("2025-10-01T00:05:00Z")
    rows = [fuel_row(), fuel_row(), other, other | {"generation": 4999}]
    receipt = take_in_rows(FUELINST, database / "in", rows)
    assert (receipt.rows_stored, receipt.rows_repeated, receipt.rows_refused) == (1, 1, 2)
    assert receipt.reasons[0].code == "contradicted"
    assert "given.json row 3, given.json row 4" in receipt.reasons[0].reason


def test_a_later_publication_is_a_revision_and_nothing_is_overwritten(database: Path) -> None:
    take_in_rows(FUELINST, database / "in", [fuel_row()])
    later = fuel_row(publishTime="2025-10-01T03:00:00Z", generation=5100)
    take_in_rows(FUELINST, database / "in", [later])
    assert held()["generation_mw"].to_list() == [5100]
    before = dataset_rows(
        actor=ANYONE, name="generation_by_fuel", as_of=datetime(2025, 10, 1, 2, tzinfo=UTC)
    )
    assert before.rows["generation_mw"].to_list() == [5000]


def test_a_late_file_with_an_earlier_publication_does_not_win(database: Path) -> None:
    later = fuel_row(publishTime="2025-10-01T03:00:00Z", generation=5100)
    take_in_rows(FUELINST, database / "in", [later])
    take_in_rows(FUELINST, database / "in", [fuel_row()])
    take_in_rows(FUELINST, database / "in", [fuel_row(publishTime=None, generation=5200)])
    assert held()["generation_mw"].to_list() == [5100]


def test_a_fuel_is_added_by_configuration_alone(database: Path) -> None:
    row = fuel_row(fuelType="SOLAR")
    assert take_in_rows(FUELINST, database / "in", [row]).rows_refused == 1
    (database / "fuels.yaml").write_text(
        "fuels: [{code: SOLAR, name: Solar, family: solar, order: 95}]"
    )
    assert take_in_rows(FUELINST, database / "in", [row, fuel_row()]).rows_stored == 2
    series = generation_series(
        actor=ANYONE,
        from_at=datetime(2025, 10, 1, tzinfo=UTC),
        until_at=datetime(2025, 10, 2, tzinfo=UTC),
    )
    assert [(fuel.code, fuel.family) for fuel in series.fuels] == [
        ("WIND", "wind"),
        ("SOLAR", "solar"),
    ]


@pytest.mark.parametrize(
    "document",
    [
        [fuel_row()],
        {"data": [fuel_row()]},
        {"metadata": {"datasets": ["FUELINST"]}, "data": [fuel_row()]},
    ],
)
def test_all_official_envelopes_are_read(database: Path, document: object) -> None:
    path = database / "given.json"
    path.write_text(json.dumps(document))
    assert take_in(FUELINST, path).rows_stored == 1


def test_the_long_day_has_fifty_periods(database: Path) -> None:
    row = {"settlementDate": "2025-10-26", "settlementPeriod": 50}
    good = fuel_row("2025-10-26T23:30:00Z", **row)
    assert take_in_rows(FUELINST, database / "in", [good]).rows_stored == 1
    row = {"settlementDate": "2025-03-30", "settlementPeriod": 47}
    bad = fuel_row("2025-03-30T22:30:00Z", **row)
    reasons = take_in_rows(FUELINST, database / "in", [bad]).reasons
    assert "2025-03-30 has Settlement Periods 1 to 46, not 47." in {one.reason for one in reasons}


@needs_real_data
def test_a_real_month_is_taken_in_without_the_rows_of_another_publisher(database: Path) -> None:
    receipt = take_in(FUELINST, REAL_OCTOBER)
    assert (receipt.rows_read, receipt.rows_stored, receipt.rows_refused) == (
        180_048,
        178_560,
        1488,
    )
    assert [(reason.code, reason.count) for reason in receipt.reasons] == [("other source", 1488)]
    long_day = dataset_rows(
        actor=ANYONE, name="generation_by_fuel", since=date(2025, 10, 26), until=date(2025, 10, 26)
    )
    assert long_day.rows["start_at"].n_unique() == 50 * 6
    again = take_in(FUELINST, REAL_OCTOBER)
    assert (again.rows_stored, again.rows_held, again.version) == (0, 178_560, receipt.version)


@needs_real_data
def test_a_half_hour_of_the_real_month_is_the_mean_of_its_six_values(database: Path) -> None:
    take_in(FUELINST, REAL_OCTOBER)
    halves = generation_series(
        actor=ANYONE,
        from_at=datetime(2025, 10, 26, tzinfo=UTC),
        until_at=datetime(2025, 10, 27, tzinfo=UTC),
        resolution=Resolution.HALF_HOUR,
    ).rows
    given = pl.read_parquet(REAL_OCTOBER).filter(
        pl.col("fuelType") == "WIND",
        pl.col("periodStartUTC").dt.truncate("30m") == datetime(2025, 10, 26, 1, tzinfo=UTC),
    )
    found = halves.filter(pl.col("start_at") == datetime(2025, 10, 26, 1, tzinfo=UTC))["WIND"]
    assert given.height == 6
    assert found.to_list() == [given["generationMW"].mean()]
    assert halves.height == 48

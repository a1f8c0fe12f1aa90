import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from kinnect_app.ingest.disbsad import DISBSAD
from state.domain.actor import ANYONE
from state.services.datasets import dataset_rows
from tests.unit.state.services.feeds import (
    NOW,
    REAL,
    action_row,
    needs_real_data,
    take_in,
    take_in_rows,
)

REAL_DAYS = REAL / "disbsad"


def held(**days: date) -> pl.DataFrame:
    return dataset_rows(actor=ANYONE, name="adjustment_actions", **days).rows


def test_a_row_is_stored_as_it_was_published_but_for_its_names(database: Path) -> None:
    rows = [action_row(service="Non-BM FR", soFlag=True), action_row(id=12, storFlag=True)]
    receipt = take_in_rows(DISBSAD, database / "in", rows)
    assert (receipt.rows_stored, receipt.rows_refused) == (2, 0)
    columns = ["action_id", "cost_gbp", "volume_mwh", "so_flag", "stor_flag", "service"]
    assert held().select(columns).rows() == [
        ("1", 792.0, -8.8, True, False, "Non-BM FR"),
        ("12", 792.0, -8.8, False, True, "Energy"),
    ]


def test_bought_is_positive_and_sold_negative_and_a_price_may_have_either_sign(
    database: Path,
) -> None:
    rows = [
        action_row(id=number, cost=cost, volume=volume)
        for number, (cost, volume) in enumerate(((90, 9), (-90, 9), (90, -9), (-90, -9)), start=1)
    ]
    take_in_rows(DISBSAD, database / "in", rows)
    found = held().select("volume_mwh", price=pl.col("cost_gbp") / pl.col("volume_mwh"))
    assert found.rows() == [(9, 10), (9, -10), (-9, -10), (-9, 10)]


def test_no_cost_is_no_price_and_a_cost_of_nothing_is_a_price_of_nothing(database: Path) -> None:
    rows = [action_row(cost=None), action_row(id=2, cost=0.0)]
    assert take_in_rows(DISBSAD, database / "in", rows).rows_stored == 2
    assert held()["cost_gbp"].to_list() == [None, 0.0]


def test_placeholders_are_left_out_and_counted_and_are_no_fault(database: Path) -> None:
    nothing = {"cost": 0.0, "volume": 0.0, "service": None, "soFlag": True}
    rows = [action_row(), action_row(period=6, **nothing), action_row(period=7, **nothing)]
    receipt = take_in_rows(DISBSAD, database / "in", [*rows, action_row(period=8, volume=0.0)])
    assert (receipt.rows_read, receipt.rows_stored, receipt.rows_left_out) == (4, 1, 2)
    assert (receipt.rows_refused, receipt.reasons[0].code) == (1, "no volume")
    assert "792.0 GBP for no volume" in receipt.reasons[0].reason
    assert receipt.gaps[0].absent == tuple(n for n in range(1, 49) if n not in {5, 6, 7})


def test_a_placeholder_is_checked_like_any_row(database: Path) -> None:
    row = action_row(period=49, cost=0.0, volume=0.0)
    receipt = take_in_rows(DISBSAD, database / "in", [row])
    assert (receipt.rows_refused, receipt.rows_left_out) == (1, 0)
    assert receipt.reasons[0].code == "no such period"


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"volume": float("nan")}, "not finite", "measured"),
        ({"cost": float("inf")}, "not finite", "measured"),
        ({"volume": None}, "empty", "Give one"),
        ({"volume": "lots"}, "not a number", "number"),
        ({"volume": -8_800_000}, "beyond limits", "Is this in kWh?"),
        ({"cost": 90e6}, "beyond limits", "Is the cost in pence"),
        ({"id": None}, "empty", "Give one"),
        ({"id": "B-1"}, "not a number", "number"),
        ({"soFlag": None}, "empty", "Give one"),
        ({"soFlag": "perhaps"}, "not a flag", "either"),
        ({"settlementPeriod": 49}, "no such period", "46"),
        ({"settlementPeriod": 5.5}, "not whole", "unit"),
        ({"settlementDate": "2024-03-31", "settlementPeriod": 47}, "no such period", "46"),
        ({"settlementDate": "2030-01-01"}, "in the future", "forecast"),
        ({"startTime": "2024-10-26T01:30:00Z"}, "contradicts itself", "UTC"),
        ({"dataset": "NETBSAD"}, "other source", "DISBSAD"),
    ],
)
def test_a_bad_row_is_refused_with_its_place_and_the_good_one_is_kept(
    database: Path, changes: dict[str, object], code: str, words: str
) -> None:
    rows = [action_row(id=2), action_row() | changes]
    receipt = take_in_rows(DISBSAD, database / "in", rows)
    reason = receipt.reasons[0]
    assert (reason.code, reason.row, reason.file) == (code, 2, "given.json")
    assert words in reason.reason + reason.remedy
    assert (receipt.rows_stored, receipt.rows_refused) == (1, 1)
    assert held()["action_id"].to_list() == ["2"]


@pytest.mark.parametrize(
    ("rename", "words"),
    [
        ({"volume": "volume_kwh"}, "There is volume_kwh: is it in another unit?"),
        ({"volume": "volumeGWh"}, "There is volumeGWh: is it in another unit?"),
        ({"cost": "costPence"}, "There is costPence: is it in another unit?"),
        ({"soFlag": "flag"}, "There is no column soFlag."),
    ],
)
def test_a_file_whose_columns_have_other_names_is_refused_whole(
    database: Path, rename: dict[str, str], words: str
) -> None:
    rows = [{rename.get(name, name): value for name, value in action_row().items()}]
    receipt = take_in_rows(DISBSAD, database / "in", rows)
    assert (receipt.files_refused, receipt.rows_stored) == (1, 0)
    assert words in receipt.reasons[0].reason


def test_a_column_that_nobody_knows_is_passed_over(database: Path) -> None:
    receipt = take_in_rows(DISBSAD, database / "in", [action_row(colour="red")])
    assert (receipt.rows_stored, receipt.rows_refused) == (1, 0)


def test_equal_rows_count_once_and_rows_that_contradict_are_all_refused(database: Path) -> None:
    rows = [action_row(), action_row(), action_row(id=2), action_row(id=2, cost=1.0)]
    receipt = take_in_rows(DISBSAD, database / "in", rows)
    assert (receipt.rows_stored, receipt.rows_repeated, receipt.rows_refused) == (1, 1, 2)
    assert receipt.reasons[0].code == "contradicted"
    assert "given.json row 3, given.json row 4" in receipt.reasons[0].reason


def test_twice_gives_the_same_store_and_a_correction_replaces_its_whole_period(
    database: Path,
) -> None:
    rows = [action_row(), action_row(id=2), action_row(period=6)]
    first = take_in_rows(DISBSAD, database / "in", rows)
    again = take_in_rows(DISBSAD, database / "in", rows)
    assert (again.rows_stored, again.rows_held, again.version) == (0, 3, first.version)
    later = NOW + timedelta(days=1)
    take_in_rows(DISBSAD, database / "in", [action_row(cost=1.0)], later)
    found = held().select("settlement_period", "action_id", "cost_gbp").rows()
    assert found == [(5, "1", 1.0), (6, "1", 792.0)]


@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_plain_and_packed_files_are_read_alone_and_in_a_folder(database: Path, name: str) -> None:
    text = json.dumps({"url": "https://example.org", "data": [action_row()]}).encode()
    folder = database / "in"
    folder.mkdir()
    (folder / name).write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    assert take_in(DISBSAD, folder / name).rows_stored == 1
    assert take_in(DISBSAD, folder).rows_held == 1


def test_text_of_a_table_is_read_like_the_official_form(database: Path) -> None:
    path = database / "a.csv"
    row: dict[str, Any] = action_row(partyId=..., assetId=..., isTendered=...)
    pl.DataFrame([row]).write_csv(path)
    assert take_in(DISBSAD, path).rows_stored == 1
    assert held().select("action_id", "so_flag").row(0) == ("1", False)


@needs_real_data
@pytest.mark.parametrize(
    ("day", "read", "left_out", "absent"),
    [
        ("2023-01-01", 1306, 17, ()),
        ("2023-01-02", 121, 21, ()),
        ("2023-01-03", 589, 13, ()),
        ("2023-01-04", 1386, 9, ()),
        ("2024-03-31", 888, 6, ()),
        ("2024-10-27", 628, 15, (49, 50)),
    ],
)
def test_a_real_day_is_taken_in_whole(
    database: Path, day: str, read: int, left_out: int, absent: tuple[int, ...]
) -> None:
    path = REAL_DAYS / f"DISBSAD_{day}.json.gz"
    receipt = take_in(DISBSAD, path)
    assert (receipt.rows_read, receipt.rows_left_out, receipt.rows_refused) == (read, left_out, 0)
    assert receipt.rows_stored == read - left_out
    assert tuple(one for gap in receipt.gaps for one in gap.absent) == absent
    given = json.loads(gzip.decompress(path.read_bytes()))["data"]
    wanted = {
        (row["settlementPeriod"], str(row["id"]), row["cost"], row["volume"], row["service"])
        for row in given
        if row["volume"] or row["cost"]
    }
    columns = ("settlement_period", "action_id", "cost_gbp", "volume_mwh", "service")
    assert set(held().select(columns).iter_rows()) == wanted
    again = take_in(DISBSAD, path)
    assert (again.rows_stored, again.rows_held) == (0, read - left_out)
    assert again.version == receipt.version


@needs_real_data
def test_all_real_days_at_once(database: Path) -> None:
    receipt = take_in(DISBSAD, REAL_DAYS)
    assert (receipt.files, receipt.rows_stored, receipt.rows_left_out) == (6, 4837, 81)
    day = date(2024, 3, 31)
    assert held(since=day, until=day)["settlement_period"].max() == 46

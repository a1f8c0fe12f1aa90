"""A folder of frames in, a folder of figures out."""

import filecmp
from datetime import date

import polars as pl
import pytest

from settlement_engine import folder
from settlement_engine.faults import GivenFramesError
from settlement_engine.trading_charges import TRADING_CHARGES

DAY = date(2026, 1, 1)
CSV = """settlement_date,settlement_period,action_id,action_type,volume_mwh,price_gbp_per_mwh
2026-01-01,1,a,offer,20,100
2026-01-01,1,b,offer,40,60
2026-01-01,1,c,bid,-4,
"""


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "balancing_actions.csv").write_text(CSV)
    return tmp_path / "in"


def read(inputs):
    return folder.read(inputs, TRADING_CHARGES.frame_types())


def settle(inputs):
    return TRADING_CHARGES.settle(read(inputs), since=DAY, until=DAY)


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_every_quantity_is_written_and_twice_is_the_same_bytes(inputs, tmp_path, file_format):
    settled = settle(inputs)
    first = folder.write(settled, tmp_path / "one", file_format)
    again = folder.write(settle(inputs), tmp_path / "two", file_format)

    assert [path.stem for path in first] == list(settled.worked_out)
    assert all(filecmp.cmp(a, b, shallow=False) for a, b in zip(first, again, strict=True))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "one", "two"]


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_what_was_written_can_be_given_again(inputs, tmp_path, file_format):
    settled = settle(inputs)
    (written,) = (
        path
        for path in folder.write(settled, tmp_path / "out", file_format)
        if path.stem == "net_imbalance_tagging"
    )
    written.rename(inputs / written.name)
    again = settle(inputs)

    assert "net_imbalance_tagging" not in again.worked_out
    assert again.decimals("action_stack").equals(settled.decimals("action_stack"))


def test_csv_and_parquet_say_the_same(inputs, tmp_path):
    from_csv = settle(inputs)
    pl.read_csv(inputs / "balancing_actions.csv", try_parse_dates=True).write_parquet(
        inputs / "balancing_actions.parquet"
    )
    (inputs / "balancing_actions.csv").unlink()
    assert settle(inputs).decimals("action_stack").equals(from_csv.decimals("action_stack"))


def test_problems_of_all_files_come_at_once_with_file_row_and_column(inputs):
    (inputs / "balancing_actions.csv").write_text(CSV.replace("40,60", "-40,6O"))
    (inputs / "notes.txt").write_text("hello")
    (inputs / "market_indx.csv").write_text("a\n1\n")
    (inputs / "price_adjusters.parquet").write_text("this is no parquet")
    (inputs / "loss_of_load.csv").write_text("")
    (inputs / ".hidden").write_text("left alone")
    with pytest.raises(GivenFramesError) as refused:
        read(inputs)
    text = str(refused.value)
    for says in (
        "balancing_actions.csv, row 2, column volume_mwh: -40.0 has the wrong sign",
        "balancing_actions.csv, row 2, column price_gbp_per_mwh: 6O cannot be read.",
        "notes.txt: This is no frame of the rulebook.",
        "market_indx.csv: This is no frame of the rulebook.",
        "price_adjusters.parquet: The file cannot be read",
        "loss_of_load.csv: The file cannot be read",
    ):
        assert says in text
    assert "hidden" not in text


def test_a_frame_in_two_files_is_refused(inputs):
    pl.read_csv(inputs / "balancing_actions.csv").write_parquet(
        inputs / "balancing_actions.parquet"
    )
    with pytest.raises(GivenFramesError, match=r"The frame is in balancing_actions\.csv too"):
        read(inputs)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(GivenFramesError, match="no such folder"):
        read(tmp_path / "nowhere")


def test_results_never_mix_with_what_is_there(inputs, tmp_path):
    settled = settle(inputs)
    (tmp_path / "out").mkdir()
    folder.write(settled, tmp_path / "out", "csv")
    with pytest.raises(folder.OutputExistsError, match="is not empty"):
        folder.write(settled, tmp_path / "out", "csv")


def test_a_write_that_fails_leaves_nothing(inputs, tmp_path, monkeypatch):
    settled = settle(inputs)

    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_csv", full)
    with pytest.raises(OSError, match="No space"):
        folder.write(settled, tmp_path / "out", "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]

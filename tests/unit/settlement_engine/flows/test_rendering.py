"""A real settlement report as a project has saved it: what it says, and what it bears out.

Contains BMRS data © Elexon Limited copyright and database right: the S0142 records of the Party
GOLD of 30 March 2023, run SF.
"""

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from pydantic import ValidationError

from settlement_engine.flows.reading import FlowError
from settlement_engine.flows.rendering import Rendering, load_rendering, read_rendering

DATA = Path(__file__).parents[5] / "shared/data/insights/settlement-report"
FILE = DATA / "S0142_20230330_SF_GOLD.csv.gz"

real = pytest.mark.skipif(not FILE.exists(), reason=f"the real report is not at {FILE}")

TEXT = """Settlement Period,Unit,Settlement Date,Volume,Other
1,T_A,30/03/2023,-7.032,x
2,T_A,30/03/2023,,y
"""
RENDERING = {
    "name": "test",
    "layout": "S0142013",
    "record": "BP7",
    "date_format": "%d/%m/%Y",
    "headings": {
        "Settlement Date": "settlement_date",
        "Settlement Period": "settlement_period",
        "Unit": "bm_unit",
        "Volume": "metered_volume_mwh",
    },
}


@pytest.fixture(scope="module")
def report() -> pl.DataFrame:
    text = gzip.decompress(FILE.read_bytes()).decode()
    return read_rendering(text, load_rendering("settlement_report_csv"), FILE.name)


@real
def test_v4_the_report_has_14_supplier_units_in_48_periods_that_all_take_energy(report):
    assert report.height == 14 * 48
    assert report.select("bm_unit", "settlement_period").n_unique() == 14 * 48
    assert report["settlement_period"].unique().sort().to_list() == list(range(1, 49))
    assert report["bm_unit"].n_unique() == 14
    assert report.select("settlement_date", "run_type", "party_id").unique().rows() == [
        (date(2023, 3, 30), "SF", "GOLD")
    ]
    assert (report["metered_volume_mwh"] < 0).all()


@real
def test_v1_losses_are_one_value_for_each_delivery_mode_of_a_period(report):
    losses = report.select(
        "settlement_period",
        is_delivering=pl.col("trading_unit_metered_volume_mwh") > 0,
        adjustment=pl.col("transmission_loss_multiplier_per_unit").cast(pl.Float64)
        - 1
        - pl.col("transmission_loss_factor_per_unit").cast(pl.Float64),
    )
    spread = losses.group_by("settlement_period", "is_delivering").agg(
        (pl.col("adjustment").max() - pl.col("adjustment").min()).alias("spread")
    )
    assert spread["is_delivering"].sum() > 0
    assert spread["spread"].max() <= 1e-7 + 1e-12


@real
def test_l1_the_losses_of_the_first_period_are_the_published_ones(report):
    first = report.filter(settlement_period=1).with_columns(
        adjustment=pl.col("transmission_loss_multiplier_per_unit").cast(pl.Float64)
        - 1
        - pl.col("transmission_loss_factor_per_unit").cast(pl.Float64)
    )
    delivering = pl.col("trading_unit_metered_volume_mwh") > 0
    assert first.filter(~delivering)["adjustment"].to_list() == pytest.approx(
        [0.0156219] * 13, abs=1e-7
    )
    assert first.filter(delivering)["adjustment"].to_list() == pytest.approx([-0.0179507], abs=1e-7)


@real
def test_v2_the_information_imbalance_is_the_gap_between_expected_and_metered_exactly(report):
    gap = (report["metered_volume_mwh"] - report["expected_metered_volume_mwh"]).abs()
    assert gap.to_list() == report["information_imbalance_volume_mwh"].to_list()
    assert gap[0] == Decimal("7.032")


@real
def test_v3_units_without_acceptances_deliver_all_they_sold(report):
    for name in (
        "balancing_services_volume_mwh",
        "non_delivered_offer_volume_mwh",
        "non_delivered_bid_volume_mwh",
        "non_delivery_charge_gbp",
    ):
        assert report[name].to_list() == [Decimal(0)] * report.height


def test_headings_are_found_wherever_they_stand_and_others_are_left_out():
    frame = read_rendering(TEXT, Rendering.model_validate(RENDERING))
    assert frame.rows() == [
        (date(2023, 3, 30), 1, "T_A", Decimal("-7.032")),
        (date(2023, 3, 30), 2, "T_A", None),
    ]
    assert frame.columns == [
        "settlement_date", "settlement_period", "bm_unit", "metered_volume_mwh",
    ]  # fmt: skip


def test_every_fault_is_named_with_row_and_field():
    text = TEXT.replace("-7.032", "much").replace("2,T_A,30/03/2023", "2,,2023-03-30")
    with pytest.raises(FlowError) as error:
        read_rendering(text, Rendering.model_validate(RENDERING), "report.csv")
    assert [(fault.row, fault.column) for fault in error.value.faults] == [
        (2, "settlement_date"), (2, "bm_unit"), (1, "metered_volume_mwh"),
    ]  # fmt: skip
    assert "2023-03-30 cannot be read" in str(error.value)


def test_a_missing_heading_is_named():
    with pytest.raises(FlowError, match="column Unit: The heading is missing"):
        read_rendering(TEXT.replace("Unit", "Units"), Rendering.model_validate(RENDERING))


@pytest.mark.parametrize("text", ["", "a,b\n1,2,3\n"])
def test_a_file_that_is_no_table_is_refused(text):
    with pytest.raises(FlowError, match=r"report\.csv: The file cannot be read"):
        read_rendering(text, Rendering.model_validate(RENDERING), "report.csv")


def test_a_rendering_may_name_only_fields_of_its_record():
    with pytest.raises(ValidationError, match="has no colour"):
        Rendering.model_validate({**RENDERING, "headings": {"Colour": "colour"}})

"""Writing an industry file: the same bytes again, and every reason it cannot be written."""

from dataclasses import replace
from datetime import datetime

import polars as pl
import pytest

from settlement_engine.flows.reading import FlowError, read
from settlement_engine.flows.writing import with_empty_fields, write
from tests.unit.settlement_engine.flows.samples import HEADER, REPORT, file_of

TEXT = file_of(*REPORT)
RECORDS = read(TEXT).records


def faults_of(records, header=HEADER, version="013"):
    with pytest.raises(FlowError) as error:
        write("S0141", version, header, RECORDS | records)
    return [(fault.source, fault.row, fault.column) for fault in error.value.faults]


def test_v15_what_was_read_is_written_byte_for_byte():
    assert write("S0141", "013", HEADER, RECORDS) == TEXT


@pytest.mark.parametrize("order", [[2, 0, 1], [0, 2, 1]])
def test_a_row_finds_its_parent_by_the_keys_so_only_the_order_under_one_parent_counts(order):
    mixed = RECORDS["BPD"].gather(order)
    assert write("S0141", "013", HEADER, RECORDS | {"BPD": mixed}) == TEXT


def test_a_record_that_is_not_given_is_not_written():
    only = {name: RECORDS[name] for name in ("SRH", "SPH")}
    assert write("S0141", "013", HEADER, only) == file_of(REPORT[0], REPORT[1], "SPH|1|", "SPH|2|")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (46.5, "46.5"), (0.0, "0"), (-0.0, "0"), (-0.0004, "0"), (100.0, "100"),
        (-1.0005, "-1.001"), (1.0005, "1.001"), (2.0015, "2.002"), (0.1 + 0.2, "0.3"),
        (-0.05, "-0.05"),
        (9999999.999, "9999999.999"), (None, ""),
    ],
)  # fmt: skip
def test_a_float_is_rounded_half_away_from_zero_to_the_places_of_its_field(value, text):
    point = RECORDS["FPN"].with_columns(from_mw=pl.lit(value, pl.Float64))
    lines = list(REPORT)
    lines[5] = f"FPN|0|{text}|30|100|"
    assert write("S0141", "013", HEADER, RECORDS | {"FPN": point}) == file_of(*lines)


def test_columns_of_a_kindred_type_and_columns_without_a_value_will_do():
    other = {
        "SPH": RECORDS["SPH"].with_columns(pl.col("settlement_period").cast(pl.UInt8)),
        "BPD": RECORDS["BPD"].with_columns(
            pl.col("bm_unit").cast(pl.Categorical),
            wholesale_market_proportion_capped_flag=None,
            final_demand_mwh=None,
        ),
        "BOA": RECORDS["BOA"].with_columns(
            pl.col("accepted_at").dt.convert_time_zone("Europe/London").dt.cast_time_unit("ms")
        ),
    }
    assert write("S0141", "013", HEADER, RECORDS | other) == TEXT


def test_fields_that_nobody_fills_may_be_added_empty():
    keys = ["settlement_date", "run_type", "party_id", "settlement_period"]
    unit = RECORDS["BPD"].select(*keys, "bm_unit", "metered_volume_mwh")
    whole = with_empty_fields("S0141", "013", "BPD", unit).filter(metered_volume_mwh=46.5)
    records = {name: RECORDS[name] for name in ("SRH", "SPH")} | {"BPD": whole}
    lines = write("S0141", "013", HEADER, records).splitlines()
    assert lines[3] == "BPD|T_A-1|||||||46.5" + "|" * 18


def test_an_account_is_written_as_its_code():
    account = RECORDS["MVR"].with_columns(
        energy_account=pl.lit("consumption").cast(pl.Enum(["production", "consumption"]))
    )
    assert "MVR|PARTY2|C|1.25|" in write("S0141", "013", HEADER, RECORDS | {"MVR": account})


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        ("FPN", "from_mw", 10_000_000.0),  # eight digits before the point
        ("FPN", "from_mw", float("nan")),
        ("FPN", "from_mw", float("inf")),
        ("FPN", "from_minutes", 100),  # a width of 2: a period of 5 minutes, or a number of 288
        ("MVR", "subsidiary_party_id", "TOO LONG PARTY"),
        ("MVR", "subsidiary_party_id", "A|B"),
        ("MVR", "subsidiary_party_id", "A\nB"),
        ("MVR", "subsidiary_party_id", "É"),
        ("MVR", "subsidiary_party_id", " A"),
        ("MVR", "energy_account", "virtual"),
    ],
)
def test_a_value_that_cannot_be_written_is_named_with_row_and_field(record, column, value):
    frame = RECORDS[record].with_columns(pl.lit(value).alias(column))
    assert faults_of({record: frame}) == [(record, 1, column)]


def test_a_period_of_five_minutes_has_a_number_too_long_for_its_field():
    periods = RECORDS["SPH"].tail(1).with_columns(settlement_period=pl.lit(288, pl.Int64))
    units = RECORDS["BPD"].tail(1).with_columns(settlement_period=pl.lit(288, pl.Int64))
    found = faults_of({"SPH": pl.concat([RECORDS["SPH"], periods]), "BPD": units})
    assert ("SPH", 3, "settlement_period") in found


def test_more_places_than_the_field_has_are_refused_in_an_exact_number():
    exact = RECORDS["FPN"].with_columns(from_mw=pl.lit("1.0001").cast(pl.Decimal(38, 4)))
    assert faults_of({"FPN": exact}) == [("FPN", 1, "from_mw")]


def test_counts_of_the_engine_are_no_decimals():
    counts = RECORDS["FPN"].with_columns(from_mw=pl.lit(46_500_000_000))
    assert faults_of({"FPN": counts}) == [("FPN", None, "from_mw")]


def test_a_row_needs_its_parent_and_a_key_is_there_once():
    unit = RECORDS["FPN"].with_columns(bm_unit=pl.lit("T_Z-1"))
    assert faults_of({"FPN": unit}) == [("FPN", 1, "bm_unit")]
    twice = pl.concat([RECORDS["SPH"], RECORDS["SPH"].head(1)])
    assert faults_of({"SPH": twice}) == [("SPH", 3, "settlement_period")]
    without = RECORDS["SPH"].with_columns(settlement_period=pl.Series([1, None], dtype=pl.Int64))
    assert ("SPH", 2, "settlement_period") in faults_of({"SPH": without})


def test_every_reason_is_named_at_once():
    header = replace(HEADER, created_at=datetime(2026, 1, 1), from_role="S|A", test_flag="É")  # noqa: DTZ001
    records = {
        "XXX": RECORDS["FPN"],
        "FPN": RECORDS["FPN"].drop("to_mw").with_columns(colour=pl.lit(1)),
        "MVR": RECORDS["MVR"].with_columns(reallocation_percent=pl.lit("x")),
        "BO8": RECORDS["BO8"].with_columns(pair_number=pl.lit(1000, pl.Int64)),
    }
    assert faults_of(records, header) == [
        ("XXX", None, None),
        ("header", None, "created_at"),
        ("header", None, "from_role"),
        ("header", None, "test_flag"),
        ("FPN", None, "colour"),
        ("FPN", None, "to_mw"),
        ("MVR", None, "reallocation_percent"),
        ("BO8", 1, "pair_number"),
    ]


def test_a_version_without_a_layout_is_not_written():
    assert faults_of({}, version="099") == [("S0141099", None, None)]

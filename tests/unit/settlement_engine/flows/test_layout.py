"""Layouts of the industry's files: strict files, and the records the sources name."""

import pytest
from pydantic import ValidationError

from settlement_engine.flows.layout import layout_for, load_layouts, read_layout

TEXT = """
flow: S9999
version: "001"
name: Something
records:
  - type: AAB
    name: One
    positions: own
    key: [party_id]
    fields: [{name: party_id, type: "text(8)", item: N0045}]
  - type: AAC
    name: Under it
    under: AAB
    positions: own
    fields: [{name: volume_mwh, type: "decimal(10,3)", unit: MWh}]
"""


@pytest.mark.parametrize(
    ("layout", "record", "place", "name", "item"),
    [
        ("S0141013", "APC", 11, "lead_party_compensation_cashflow_gbp", "N0653"),
        ("S0141013", "APC", 12, "supplier_compensation_cashflow_gbp", "N0654"),
        ("S0141013", "SSD", 5, "system_buy_price_gbp_per_mwh", "N0212"),
        ("S0141013", "SSD", 67, "reserve_scarcity_price_gbp_per_mwh", "N0562"),
        ("S0141014", "SSD", 80, "total_direct_compensation_cashflow_gbp", "N0678"),
        ("S0142013", "BP7", 4, "notified_volume_mwh", "N0174"),
        ("S0142013", "BP7", 8, "metered_volume_mwh", "N0035"),
        ("S0142013", "BP7", 12, "transmission_loss_multiplier_per_unit", "N0234"),
        ("S0142013", "BP7", 14, "trading_unit_metered_volume_mwh", "N0231"),
        ("S0142013", "BP7", 22, "supplier_compensation_volume_mwh", "N0668"),
        ("S0142013", "BP7", 23, "secondary_compensation_volume_mwh", "N0669"),
        ("S0142013", "BP7", 25, "supplier_compensation_cashflow_gbp", "N0656"),
        ("S0142014", "BP7", 26, "direct_compensation_volume_mwh", "N0675"),
        ("S0142014", "BP7", 27, "direct_compensation_cashflow_gbp", "N0676"),
    ],
)
def test_a_field_stands_where_the_sources_say(layout, record, place, name, item):
    field = load_layouts()[layout].record(record).fields[place - 1]
    assert (field.name, field.item) == (name, item)


def test_the_records_have_as_many_fields_as_the_sources_say():
    counts = {
        (file_type, record.type): len(record.fields)
        for file_type, layout in load_layouts().items()
        for record in layout.records
    }
    assert counts["S0141013", "SRH"] == counts["S0142013", "SRH"] == 8
    assert counts["S0141013", "SSD"] == 67 + 12
    assert counts["S0141013", "BPD"] == counts["S0142013", "BP7"] == counts["S0143013", "BPD"] == 25
    assert counts["S0142014", "BP7"] == 27


@pytest.mark.parametrize(
    ("file_type", "named"),
    [
        ("S0141013", "SRH APC SPH SSD MD2 DB2 APD APB BPD FPN BOD BOS BOA BO5 BO8 MVR"),
        ("S0142013", "SRH SPI MD2 DB2 BPH APD APB BP7 FPN BOD BOS BOA BO5 BO8 MVR"),
        ("S0143013", "SRH APC SPH SSD MD2 DB2 APD APB BPD FPN BOD BOS BOA BO5 BO8 MVR"),
    ],
)
def test_each_sub_flow_has_the_records_the_sources_name(file_type, named):
    assert set(named.split()) <= {record.type for record in load_layouts()[file_type].records}


def test_places_that_are_our_own_say_so():
    own = {
        (file_type, record.type)
        for file_type, layout in load_layouts().items()
        for record in layout.records
        if record.positions == "own"
    }
    assert own == {
        ("S0142013", "SPI"), ("S0142013", "BPH"), ("S0142014", "SPI"), ("S0142014", "BPH"),
        ("S0143013", "APC"), ("S0143013", "BPH"),
    }  # fmt: skip


def test_a_row_begins_with_the_keys_of_the_records_above():
    layout = load_layouts()["S0142013"]
    assert [parent.type for parent in layout.above(layout.record("BOS"))] == [
        "SRH", "SPI", "BPH", "BP7", "BOD",
    ]  # fmt: skip
    assert list(layout.columns(layout.record("BOS"))) == [
        "settlement_date", "run_type", "settlement_period", "party_id", "bm_unit", "pair_number",
        "from_minutes", "from_mw", "to_minutes", "to_mw",
    ]  # fmt: skip


def test_a_newer_version_is_read_by_the_newest_layout_and_an_older_one_by_none():
    assert layout_for("S0142", "013").version == "013"
    assert layout_for("S0142", "099").version == "014"
    assert layout_for("S0142", "012") is None
    assert layout_for("S0999", "013") is None


def test_what_is_taken_from_another_layout_may_be_added_to():
    text = (
        TEXT
        + """
  - type: BPD
    same_as: S0141_013
    under: AAB
    adds: [{name: other_gbp, type: "decimal(10,2)", unit: GBP}]
"""
    )
    record = read_layout(text).record("BPD")
    assert (record.under, len(record.fields)) == ("AAB", 26)
    assert record.fields[-1].name == "other_gbp"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("positions: own\n    key", "colour: red\n    key"),
        ("unit: MWh", "unit: GBP"),
        (", unit: MWh", ""),
        ("decimal(10,3)", "number(10,3)"),
        ("decimal(10,3)", "decimal(10)"),
        ("under: AAB", "under: XXX"),
        ("type: AAC", "type: AAB"),
        ("key: [party_id]", "key: [party]"),
        ("S9999", "S99"),
    ],
)
def test_a_layout_that_contradicts_itself_is_refused(before, after):
    assert before in TEXT
    with pytest.raises(ValidationError):
        read_layout(TEXT.replace(before, after))

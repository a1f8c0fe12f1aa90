"""Reading an industry file: what it holds, what is forgiven, and every fault at once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from settlement_engine.flows.reading import FlowError, read
from tests.unit.settlement_engine.flows.samples import FIRST, HEADER, REPORT, file_of

PERIOD = {
    "settlement_date": date(2026, 1, 7),
    "run_type": "SF",
    "party_id": "PARTY1",
    "settlement_period": 1,
}


def faults_of(text):
    with pytest.raises(FlowError) as error:
        read(text, "report")
    return error.value.faults


def places(text):
    return [(fault.row, fault.column) for fault in faults_of(text)]


def changed(line, before, after):
    assert before in REPORT[line]
    lines = list(REPORT)
    lines[line] = REPORT[line].replace(before, after)
    return file_of(*lines)


def test_a_file_is_a_header_and_a_frame_for_each_record():
    file = read(file_of(*REPORT))
    assert (file.flow, file.version, file.layout_version) == ("S0141", "013", "013")
    assert file.header == HEADER
    assert {name: frame.height for name, frame in file.records.items() if frame.height} == {
        "SRH": 1, "SPH": 2, "DB2": 1, "BPD": 3, "FPN": 1, "BOD": 1, "BOS": 1, "BOA": 1, "BO5": 2,
        "BO8": 1, "MVR": 1,
    }  # fmt: skip
    assert file.records["APD"].columns[:5] == [*PERIOD, "energy_account"]


def test_a_row_begins_with_the_keys_above_it():
    records = read(file_of(*REPORT)).records
    assert records["BO5"].row(1, named=True) == PERIOD | {
        "bm_unit": "T_A-1",
        "acceptance_number": 4711,
        "accepted_at": datetime(2026, 1, 6, 23, 55, tzinfo=UTC),
        "from_minutes": 10,
        "from_mw": Decimal(88),
        "to_minutes": 30,
        "to_mw": Decimal(100),
    }
    keys = ["settlement_period", "bm_unit", "metered_volume_mwh"]
    assert records["BPD"].select(keys).rows() == [
        (1, "T_A-1", Decimal("46.5")), (1, "T_B-1", None), (2, "T_A-1", Decimal("-0.004")),
    ]  # fmt: skip


def test_each_kind_of_value_is_read_and_an_empty_field_is_null_not_zero():
    records = read(file_of(*REPORT)).records
    action = records["DB2"].row(0, named=True)
    assert action["cost_gbp"] is None
    assert action["volume_mwh"] == Decimal("-1.5")
    assert (action["so_flag"], action["stor_flag"]) == (True, False)
    assert action["reserve_scarcity_price_flag"] is None
    assert records["MVR"]["energy_account"].to_list() == ["production"]
    assert records["BPD"]["transmission_loss_factor_per_unit"][0] == Decimal("-0.0012345")


@pytest.mark.parametrize(
    "other",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n\n",
    ],
)
def test_byte_order_mark_and_line_ends_are_no_faults(other):
    text = file_of(*REPORT)
    assert_equal(read(other(text)), read(text))


def test_a_missing_separator_at_the_end_is_no_fault():
    bare = [line.removesuffix("|") for line in REPORT]
    assert_equal(read(file_of(*bare)), read(file_of(*REPORT)))


def test_fields_that_a_later_version_adds_at_the_end_are_left_out():
    later = [line + "1.5||" if line.startswith("BPD") else line for line in REPORT]
    later[0] = FIRST.replace("S0141013", "S0141099")
    later[4] += "new|newer|"
    file = read(file_of(*later))
    assert (file.version, file.layout_version) == ("099", "014")
    bpd = file.records["BPD"]
    assert bpd["direct_compensation_volume_mwh"].to_list() == [Decimal("1.5")] * 3
    assert bpd.width == 4 + 27


def test_the_count_may_leave_out_header_and_footer():
    text = file_of(*REPORT)
    count = f"ZZZ|{len(REPORT) + 1}|"
    assert_equal(read(text.replace(count, f"ZZZ|{len(REPORT) - 1}|")), read(text))


def test_known_records_that_are_not_read_are_counted():
    lines = [*REPORT, "RUE|1.5|||||", "RUE|1.5|||||", "BRR|0|0|0|0|0|0|0|0|"]
    assert read(file_of(*lines)).passed_over == {"RUE": 2, "BRR": 1}


def test_a_replacement_reserve_schedule_has_no_acceptance_number():
    file = read(changed(8, "|4711|", "||"))
    assert file.records["BOA"]["acceptance_number"].to_list() == [None]
    assert file.records["BO5"]["from_minutes"].to_list() == [0, 10]


@pytest.mark.parametrize(
    ("line", "before", "after", "place"),
    [
        (1, "20260107|SF", "20261307|SF", (2, "SRH settlement_date")),
        (1, "20260107|SF", "|SF", (2, "SRH settlement_date")),
        (2, "SPH|1|", "SPH|one|", (3, "SPH settlement_period")),
        (2, "SPH|1|", "SPH||", (3, "SPH settlement_period")),
        (3, "|T|F|", "|Y|F|", (4, "DB2 so_flag")),
        (4, "|46.5|0|3|", "|46.5.1|0|3|", (5, "BPD metered_volume_mwh")),
        (4, "|46.5|0|3|", "|46.50001|0|3|", (5, "BPD metered_volume_mwh")),
        (4, "|46.5|0|3|", "|4.6e1|0|3|", (5, "BPD metered_volume_mwh")),
        (4, "A STATION", "Á STATION", (5, "BPD trading_unit")),
        (5, "|100|30|100|", "|100|", (6, "FPN to_mw")),
        (8, "20260106235500", "20260106236000", (9, "BOA accepted_at")),
        (12, "|P|", "|X|", (13, "MVR energy_account")),
        (13, "T_B-1", "T_A-1", (14, "BPD bm_unit")),
        (14, "SPH|2|", "SPH|1|", (15, "SPH settlement_period")),
    ],
)
def test_a_value_that_is_wrong_is_named_with_line_record_and_field(line, before, after, place):
    assert places(changed(line, before, after)) == [place]


def test_zeros_behind_the_last_place_say_nothing():
    file = read(changed(4, "|46.5|0|3|", "|46.50000|0|3|"))
    assert file.records["BPD"]["metered_volume_mwh"][0] == Decimal("46.5")


def test_every_fault_of_a_file_is_named_at_once():
    lines = list(REPORT)
    lines[3] = "DB2|7|x|-1.5|0|0|y|T|F||||||"
    lines[7] = "QQQ|1|"
    lines[9] = "BO5|0|100|"
    text = file_of(*lines).replace(f"ZZZ|{len(REPORT) + 1}|", "ZZZ|5|")
    assert set(places(text)) == {
        (17, "ZZZ record_count"), (8, "record"), (10, "BO5 to_mw"),
        (4, "DB2 cost_gbp"), (4, "DB2 originally_priced_volume_mwh"),
    }  # fmt: skip
    with pytest.raises(FlowError) as error:
        read(text, "report.txt")
    assert (
        "report.txt, row 4, column DB2 cost_gbp: x cannot be read. "
        "Write a number in GBP of at most 8 digits and 2 decimals."
    ) in str(error.value).splitlines()
    assert "QQQ is no record of S0141013." in str(error.value)


def test_of_many_alike_the_first_hundred_are_named_and_the_rest_counted():
    lines = [*REPORT[:5], *(["FPN|0|much|30|1|"] * 130)]
    faults = faults_of(file_of(*lines))
    assert len(faults) == 101
    assert faults[-1].row is None
    assert faults[-1].what == "The same in 30 more rows."


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ([FIRST, "SPH|1|"], (2, "SPH settlement_period")),
        ([*REPORT[:3], "FPN|0|1|30|1|"], (4, "FPN from_minutes")),
        ([*REPORT[:6], "SPH|2|", "FPN|0|1|30|1|"], (8, "FPN from_minutes")),
        ([*REPORT[:9], "BPD|T_C-1" + "|" * 25, "BO8|-1|0|0|"], (11, "BO8 pair_number")),
    ],
)
def test_a_record_that_stands_under_nothing_it_belongs_to_is_a_fault(lines, place):
    assert places(file_of(*lines)) == [place]


def test_a_file_that_is_damaged_is_refused():
    text = file_of(*REPORT)
    damaged = text.replace("|12.5|50|", "|12.5|51|")
    assert places(damaged) == [(17, "ZZZ checksum")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "AAA"), (1, "ZZZ")]),
        ("SPH|1|\n", [(1, "AAA"), (1, "ZZZ")]),
        ("\n".join(REPORT), [(16, "ZZZ")]),
        (FIRST + "\nZZZ|2|x|", [(2, "ZZZ")]),
        (FIRST + "\nZZZ|2|", [(2, "ZZZ")]),
        ("AAA|S0141013|D|\nZZZ|2|1|", [(1, "AAA")]),
        ("AAA|S0141|D|2026|SA|UKDC|PB|PORTAL|x|OPER|\nZZZ|2|1|",
         [(1, "AAA file_type"), (1, "AAA created_at"), (1, "AAA sequence_number")]),
        (file_of(FIRST.replace("S0141013", "S0141008")), [(1, "AAA file_type")]),
        (file_of(FIRST.replace("S0141013", "X9999001")), [(1, "AAA file_type")]),
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_refused(text, expected):
    assert places(text) == expected


def test_a_file_without_a_record_is_empty_frames():
    file = read(file_of(FIRST))
    assert {frame.height for frame in file.records.values()} == {0}
    assert file.records["FPN"].columns[-4:] == ["from_minutes", "from_mw", "to_minutes", "to_mw"]


def assert_equal(file, other):
    assert file.header == other.header
    assert file.records.keys() == other.records.keys()
    assert all(frame.equals(other.records[name]) for name, frame in file.records.items())
    assert sum(frame.height for frame in file.records.values()) > 0

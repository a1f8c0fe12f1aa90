"""The first and the last line of an industry file."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from settlement_engine.flows.envelope import FlowHeader, checksum, fields_of, footer_line

HEADER = FlowHeader(
    created_at=datetime(2019, 1, 10, 12, 6, 38, tzinfo=UTC),
    from_role="SA",
    from_participant="UKDC",
    to_role="PB",
    to_participant="PORTAL",
    sequence_number=21783,
)


def test_the_header_is_the_published_one():
    """As at the head of the public file of 3 January 2019, run II."""
    line = "AAA|S0142008|D|20190110120638|SA|UKDC|PB|PORTAL|21783|OPER|"
    assert HEADER.line("S0142008") == line


def test_the_moment_is_written_in_utc_and_no_flag_as_nothing():
    summer = timezone(timedelta(hours=1))
    header = FlowHeader(datetime(2026, 6, 1, 0, 30, tzinfo=summer), "", "", "", "", 1, "R", None)
    assert header.line("S0142013") == "AAA|S0142013|R|20260531233000|||||1||"


def test_the_checksum_is_the_exclusive_or_of_words_of_four_bytes():
    assert checksum(["ABCD"]) == 0x41424344
    assert checksum(["ABCDE"]) == 0x41424344 ^ 0x45000000
    assert checksum(["ABCD", "AB"]) == 0x41424344 ^ 0x41420000
    assert checksum([]) == 0


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\n"), max_size=30)))
def test_the_fast_way_gives_what_the_definition_says(lines):
    slow = 0
    for line in lines:
        for start in range(0, len(line), 4):
            slow ^= int.from_bytes(line[start : start + 4].encode().ljust(4, b"\0"), "big")
    assert checksum(lines) == slow


def test_the_footer_counts_itself():
    assert footer_line(["ABCD"]) == f"ZZZ|2|{0x41424344}|"


def test_the_separator_at_the_end_of_a_line_may_be_missing():
    assert fields_of("FPN|0|1.5|30|2|") == fields_of("FPN|0|1.5|30|2") == ["0", "1.5", "30", "2"]
    assert fields_of("MD2|a||") == ["a", ""]
    assert fields_of("") == []

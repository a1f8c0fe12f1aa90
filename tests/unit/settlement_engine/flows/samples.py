"""A small settlement report, each field of it made up."""

from datetime import UTC, datetime

from settlement_engine.flows.envelope import FlowHeader, footer_line

HEADER = FlowHeader(datetime(2026, 1, 30, 17, 30, tzinfo=UTC), "SA", "UKDC", "PB", "PORTAL", 7)
FIRST = "AAA|S0141013|D|20260130173000|SA|UKDC|PB|PORTAL|7|OPER|"
REPORT = (
    FIRST,
    "SRH|20260107|SF|1|2|20260107|3|46202|PARTY1|",
    "SPH|1|",
    "DB2|7||-1.5|0|0|-1.5|T|F||||||",
    "BPD|T_A-1|0|12.5|50|-3|0.5|47|46.5|0|3|-0.0012345|0.9987|A STATION|46.5|0||0|||||||||",
    "FPN|0|100|30|100|",
    "BOD|-1|10.25|12|-3|0|||||||||-30.75|0|",
    "BOS|0|-50|30|-50|",
    "BOA|4711|20260106235500|F|T|F|||F|",
    "BO5|0|100|10|88|",
    "BO5|10|88|30|100|",
    "BO8|-1|-3||",
    "MVR|PARTY2|P|1.25|0|12.5|",
    "BPD|T_B-1" + "|" * 25,
    "SPH|2|",
    "BPD|T_A-1|||||||-0.004" + "|" * 18,
)


def file_of(*lines: str) -> str:
    """A file of these lines with the footer that belongs to them."""
    return "\n".join([*lines, footer_line(lines), ""])

"""The small market, settled once, and its reports read back."""

from datetime import UTC, date, datetime
from functools import cache

from settlement_engine.flows.envelope import FlowHeader
from settlement_engine.flows.reading import FlowFile, read
from settlement_engine.reports.reported_day import RunNumbers
from settlement_engine.reports.settlement_report import (
    report_to_bsc_company,
    report_to_party,
    report_to_system_operator,
)
from settlement_engine.rulebook import Settled
from settlement_engine.runs import RunType
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.small_market import small_market

DAY = date(2026, 1, 5)
HEADER = FlowHeader(datetime(2026, 1, 30, 17, 30, tzinfo=UTC), "SA", "UKDC", "PB", "PORTAL", 7)
RUN = RunNumbers(RunType.SF, 1, 2, DAY, 3, 46202)


@cache
def settled() -> Settled:
    return TRADING_CHARGES.settle(small_market(DAY, periods=2), since=DAY, until=DAY)


def to_party(party_id: str, of: Settled | None = None) -> FlowFile:
    return read(report_to_party(of or settled(), DAY, party_id, RUN, HEADER))


def to_operator(of: Settled | None = None) -> FlowFile:
    return read(report_to_system_operator(of or settled(), DAY, "NETSO", RUN, HEADER))


def to_company(of: Settled | None = None) -> FlowFile:
    return read(report_to_bsc_company(of or settled(), DAY, "BSCCO", RUN, HEADER))


def first(file: FlowFile, record: str, **key: object) -> dict:
    """The row of a record in the first period."""
    frame = file.records[record].filter(settlement_period=1, **key)
    return frame.row(0, named=True)


def shown(row: dict, *names: str) -> dict:
    """Some fields of a row, decimals as floats."""
    return {
        name: value if isinstance(value := row[name], str | bool | None) else float(value)
        for name in names
    }

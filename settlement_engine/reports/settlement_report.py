"""The Settlement Report (SAA-I014) of a day: to a Party, to the System Operator, to BSCCo.

Fields that nothing in Trading Charges works out are empty: BSC Company costs, Replacement Reserve,
compensation and deviation volumes, the de-rated margin. Empty is not zero.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import polars as pl

from settlement_engine.flows.envelope import FlowHeader
from settlement_engine.flows.layout import load_layouts
from settlement_engine.flows.writing import with_empty_fields, write
from settlement_engine.reports import (
    pair_records,
    party_records,
    system_records,
    unit_records,
)
from settlement_engine.reports.reported_day import ReportedDay, RunNumbers, reported_day
from settlement_engine.rulebook import Settled

Record = Callable[[ReportedDay], pl.DataFrame]

VERSION: Final = "013"
_OF_UNITS: Final[Mapping[str, Record]] = {
    "FPN": unit_records.notification_lines,
    "BOD": pair_records.pair_data,
    "BOS": pair_records.pair_lines,
    "BOA": pair_records.acceptance_data,
    "BO5": pair_records.acceptance_lines,
    "BO8": pair_records.acceptance_volumes,
}
_OF_SYSTEM: Final[Mapping[str, Record]] = {
    "MD2": system_records.market_index_data,
    "DB2": system_records.adjustment_action_data,
}
_OF_ACCOUNTS: Final[Mapping[str, Record]] = {
    "APC": party_records.day_charges,
    "SPH": system_records.period_headers,
    "SSD": system_records.system_period_data,
    "APD": party_records.account_period_data,
    "APB": party_records.account_unit_data,
    "BPD": unit_records.unit_period_data,
    "MVR": unit_records.reallocation_data,
}
FLOWS: Final[Mapping[str, Mapping[str, Record]]] = {
    "S0141": {
        **_OF_SYSTEM,
        **_OF_ACCOUNTS,
        **_OF_UNITS,
        "PPC": party_records.period_charges,
    },
    "S0142": {
        **_OF_SYSTEM,
        **_OF_UNITS,
        "SPI": system_records.period_information,
        "BPH": party_records.lead_party_headers,
        "BP7": unit_records.unit_period_data,
    },
    "S0143": {
        **_OF_SYSTEM,
        **_OF_ACCOUNTS,
        **_OF_UNITS,
        "BPH": party_records.party_headers,
    },
}
"""The records of each sub-flow. S0142 is public: it names no account, contract or reallocation."""


def report_to_party(
    settled: Settled, settlement_date: date, party_id: str, run: RunNumbers, header: FlowHeader
) -> str:
    """S0141: the figures of one Party's own units and accounts, and of the system."""
    day = reported_day(settled, settlement_date, party_id)
    return write("S0141", VERSION, header, _records("S0141", day, run, party_id))


def report_to_system_operator(
    settled: Settled, settlement_date: date, recipient: str, run: RunNumbers, header: FlowHeader
) -> str:
    """S0142: the figures of every unit, Party by Party; the form that is published."""
    day = reported_day(settled, settlement_date)
    return write("S0142", VERSION, header, _records("S0142", day, run, recipient))


def report_to_bsc_company(
    settled: Settled, settlement_date: date, recipient: str, run: RunNumbers, header: FlowHeader
) -> str:
    """S0143: the figures of every unit and every account, Party by Party."""
    day = reported_day(settled, settlement_date)
    return write("S0143", VERSION, header, _records("S0143", day, run, recipient))


def _records(
    flow: str, day: ReportedDay, run: RunNumbers, recipient: str
) -> dict[str, pl.DataFrame]:
    """Every record of the flow, with the keys of what it stands under and all of its fields."""
    frames = {name: record(day) for name, record in FLOWS[flow].items()}
    found = {"SRH": _header(flow, day, run, recipient)}
    whole: dict[str, object] = {
        "settlement_date": day.settlement_date,
        "run_type": run.run_type.value,
    }
    if flow == "S0141":
        whole["party_id"] = recipient
    for name, frame in frames.items():
        keyed = frame.with_columns(pl.lit(value).alias(key) for key, value in whole.items())
        found[name] = with_empty_fields(flow, VERSION, name, keyed)
    return found


def _header(flow: str, day: ReportedDay, run: RunNumbers, recipient: str) -> pl.DataFrame:
    """SRH: which run this is, and to whom it is told."""
    layout = load_layouts()[flow + VERSION]
    record = layout.record("SRH")
    values = (
        day.settlement_date,
        run.run_type.value,
        run.saa_run_number,
        run.saa_cdca_run_number,
        run.svaa_cdca_settlement_date,
        run.svaa_cdca_run_number,
        run.svaa_ssr_run_number,
        recipient,
    )
    return pl.DataFrame([values], schema=layout.columns(record), orient="row")

"""Settlement Reports of a run: the files that the Code names, for whom they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from settlement_engine.flows.envelope import FlowHeader
from settlement_engine.flows.reading import FlowError
from settlement_engine.reports.reported_day import ReportError, RunNumbers
from settlement_engine.reports.settlement_report import (
    report_to_bsc_company,
    report_to_party,
    report_to_system_operator,
)
from settlement_engine.rulebook import Settled
from settlement_engine.runs import RunType
from state.domain.actor import Actor
from state.domain.permissions import Permission
from state.domain.refusal import Refusal
from state.domain.settlement_runs import WITH_RESULTS
from state.persistence.models.settlement_run import SettlementRunRow
from state.persistence.transaction import reading
from state.services.own_figures import own_figures
from state.services.settled_run import settled_run
from state.services.settlement_runs import NOT_FOUND, RunRefusedError, needed

_OPERATOR: Final = "KINNECT"
_SETTLEMENT_AGENT: Final = "SA"
_TO_SYSTEM_OPERATOR: Final = ("SO", "NETSO")
_TO_BSC_COMPANY: Final = ("BC", "BSCCO")
_RESTS_ON: Final = "daily_party_charges"


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file: pipe-separated text, and what it is called."""

    name: str
    text: str


def own_report(*, actor: Actor, organisation_id: int, run: str, party_id: str) -> ReportFile:
    """S0141 of a published run for one Party Id of the company.

    Raises:
        RunRefusedError: There is no such published run, or the Party is not the company's.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        own = own_figures(session, organisation_id, None, run)
        if party_id not in own.parties:
            raise RunRefusedError((NOT_FOUND,))
        settled = settled_run(session, own.row, _RESTS_ON)
    header = _header(own.row, "BP", party_id)
    with _told_what_hinders():
        text = report_to_party(
            settled, own.row.settlement_date, party_id, _numbers(own.row), header
        )
    return ReportFile(_name("S0141", own.row, party_id), text)


def own_party_ids(*, actor: Actor, organisation_id: int, run: str) -> tuple[str, ...]:
    """The Party Ids of the company, each of which has a report of a published run.

    Raises:
        RunRefusedError: There is no such published run.
    """
    actor.require(Permission.SETTLEMENT_VIEW, organisation_id)
    with reading() as session:
        return own_figures(session, organisation_id, None, run).parties


def public_report(*, actor: Actor, run: str) -> ReportFile:
    """S0142 of a run: every Party's units, to the System Operator; the form that is published.

    Raises:
        RunRefusedError: There is no such run, or it has no figures.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        row, settled = _with_figures(session, run)
    role, recipient = _TO_SYSTEM_OPERATOR
    header = _header(row, role, recipient)
    with _told_what_hinders():
        text = report_to_system_operator(
            settled, row.settlement_date, recipient, _numbers(row), header
        )
    return ReportFile(_name("S0142", row, recipient), text)


def company_report(*, actor: Actor, run: str) -> ReportFile:
    """S0143 of a run: every Party's units and accounts, to BSCCo.

    Raises:
        RunRefusedError: There is no such run, or it has no figures.
    """
    actor.require(Permission.SETTLEMENT_RUN_VIEW)
    with reading() as session:
        row, settled = _with_figures(session, run)
    role, recipient = _TO_BSC_COMPANY
    header = _header(row, role, recipient)
    with _told_what_hinders():
        text = report_to_bsc_company(settled, row.settlement_date, recipient, _numbers(row), header)
    return ReportFile(_name("S0143", row, recipient), text)


@contextmanager
def _told_what_hinders() -> Iterator[None]:
    """A name too long for the file, or figures it lacks, is a refusal and not a fault of ours."""
    try:
        yield
    except (FlowError, ReportError) as fault:
        reason = f"The report cannot be written: {str(fault).splitlines()[0]}"
        raise RunRefusedError((Refusal("", reason),)) from fault


def _with_figures(session: Session, run: str) -> tuple[SettlementRunRow, Settled]:
    row = needed(session, run)
    if row.state not in WITH_RESULTS:
        raise RunRefusedError((NOT_FOUND,))
    return row, settled_run(session, row, _RESTS_ON)


def _numbers(row: SettlementRunRow) -> RunNumbers:
    return RunNumbers(run_type=RunType(row.run_type), saa_run_number=row.run_number)


def _header(row: SettlementRunRow, role: str, recipient: str) -> FlowHeader:
    """Nothing of the moment of asking: the same run is the same file, byte for byte."""
    return FlowHeader(
        created_at=row.computed_at or row.requested_at,
        from_role=_SETTLEMENT_AGENT,
        from_participant=_OPERATOR,
        to_role=role,
        to_participant=recipient,
        sequence_number=row.run_number,
    )


def _name(flow: str, row: SettlementRunRow, recipient: str) -> str:
    return f"{flow}_{row.settlement_date:%Y%m%d}_{row.run_type}_{row.run_number}_{recipient}.txt"

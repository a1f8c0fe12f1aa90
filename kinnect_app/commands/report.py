"""Settlement Reports from a folder of frames, and reading one back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

import click

from kinnect_app.commands.outcome import ExitCode, stop
from kinnect_app.commands.settlement import REFUSALS, SettlementDate, inputs, reasons
from settlement_engine import folder
from settlement_engine.flows.envelope import FlowHeader
from settlement_engine.reports.reported_day import ReportError, RunNumbers
from settlement_engine.reports.settlement_report import (
    report_to_bsc_company,
    report_to_party,
    report_to_system_operator,
)
from settlement_engine.rulebook import Settled
from settlement_engine.runs import RunType
from settlement_engine.settling import listed
from settlement_engine.trading_charges import TRADING_CHARGES

_TO: Final = {"S0142": ("SO", "NETSO"), "S0143": ("BC", "BSCCO")}


@click.command()
@click.argument("settlement_date", type=SettlementDate())
@inputs
@click.option("--flow", type=click.Choice(["S0141", "S0142", "S0143"]), required=True)
@click.option("--party", help="Whose report, for S0141: a Party Id.")
@click.option("--run", "run_type", type=click.Choice([run.value for run in RunType]), default="SF")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File; by default the screen."
)
def report(  # one argument an option
    settlement_date: date,
    inputs: Path,
    flow: str,
    party: str | None,
    run_type: str,
    out: Path | None,
) -> None:
    """Settle a date and write its Settlement Report: S0141 to a Party, S0142, S0143."""
    if (flow == "S0141") != (party is not None):
        raise click.UsageError("Name a --party for S0141, and for no other report.")
    try:
        given = folder.read(inputs, TRADING_CHARGES.frame_types())
        settled = TRADING_CHARGES.settle(given, since=settlement_date, until=settlement_date)
        _require_whole(settled)
        text = _text(settled, settlement_date, flow, party, RunType(run_type))
    except (*REFUSALS, ReportError) as refusal:
        stop(ExitCode.REFUSED, *reasons(refusal), "Nothing was written.")
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="ascii", newline="")
    click.echo(f"{text.count(chr(10)):>9,} lines  {out}")


def _require_whole(settled: Settled) -> None:
    """Go on only with a day of which everything was worked out."""
    if settled.lacking:
        absent = frozenset().union(*settled.lacking.values())
        raise ReportError(f"A report needs the whole day: {listed(absent)} must be given.")


def _text(
    settled: Settled, settlement_date: date, flow: str, party: str | None, run_type: RunType
) -> str:
    numbers = RunNumbers(run_type=run_type, saa_run_number=1)
    role, recipient = _TO.get(flow, ("BP", party or ""))
    header = FlowHeader(
        created_at=datetime.combine(settlement_date, time(), UTC),
        from_role="SA",
        from_participant="KINNECT",
        to_role=role,
        to_participant=recipient,
        sequence_number=1,
    )
    writers: dict[str, Callable[..., str]] = {
        "S0141": report_to_party,
        "S0142": report_to_system_operator,
        "S0143": report_to_bsc_company,
    }
    return writers[flow](settled, settlement_date, recipient, numbers, header)

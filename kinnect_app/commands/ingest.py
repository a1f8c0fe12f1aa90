"""`kinnect ingest`: take files of a feed into the store, and say what became of every row."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from kinnect_app.commands.ingest_feed import feed
from kinnect_app.commands.outcome import ExitCode, progress, stop
from kinnect_app.commands.schema import need_current_schema
from kinnect_app.ingest.disbsad import DISBSAD
from kinnect_app.ingest.files import READABLE, files_under, passed_over, read_file
from kinnect_app.ingest.fuelinst import FUELINST
from kinnect_app.ingest.published import UnknownCodeError, feed_of, prepared
from kinnect_app.ingest.system_prices import SYSTEM_PRICES
from state.domain.acceptance_lines import rows_of_feed
from state.domain.actor import CONSOLE_OPERATOR
from state.domain.datasets import datasets
from state.domain.feeds import Feed, GivenFile
from state.domain.fuels import UnfitFuelsError
from state.services.ingest import Gap, IngestReceipt, ReasonCount, StoreBusyError, ingest_files

_GAPS_SHOWN: Final = 5
_PATH: Final = click.Path(exists=True, readable=True, path_type=Path)
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def ingest() -> None:
    """Take data into the store: good rows are kept, every other is refused with a reason.

    Exit codes: 0 when rows were stored or held already, even where some rows were refused; 1 when
    a whole file was refused, or every row; 2 for a wrong command line; 3 when the store cannot be
    used.
    """


ingest.add_command(feed)


@ingest.command("fuelinst")
@click.argument("path", type=_PATH)
@_JSON
def fuelinst_command(path: Path, *, as_json: bool) -> None:
    """Generation by fuel (FUELINST): a file, or a folder of Parquet, JSON and CSV files."""
    _ingest(FUELINST, path, as_json=as_json)


@ingest.command("system-prices")
@click.argument("path", type=_PATH)
@_JSON
def system_prices_command(path: Path, *, as_json: bool) -> None:
    """System prices (DISEBSP): a file, or a folder of Parquet, JSON and CSV files."""
    _ingest(SYSTEM_PRICES, path, as_json=as_json)


@ingest.command("disbsad")
@click.argument("path", type=_PATH)
@_JSON
def disbsad_command(path: Path, *, as_json: bool) -> None:
    """Adjustment actions (DISBSAD): a file, or a folder of Parquet, JSON and CSV files."""
    _ingest(DISBSAD, path, as_json=as_json)


@ingest.command("dataset")
@click.argument("code")
@click.argument("path", type=_PATH)
@_JSON
def dataset_command(code: str, path: Path, *, as_json: bool) -> None:
    """Any dataset by its official code (INDO, NDF, REMIT …): Parquet, JSON, JSONL and CSV files."""
    try:
        feed = feed_of(code)
    except UnknownCodeError as fault:
        known = ", ".join(sorted(one.code for one in datasets().values() if one.code))
        stop(ExitCode.REFUSED, f"{fault} There are: {known}.")
    _ingest(feed, path, as_json=as_json)


def _ingest(feed: Feed, path: Path, *, as_json: bool) -> None:
    need_current_schema()
    files = files_under(path)
    if not files:
        stop(ExitCode.REFUSED, f"{path} holds no file that ends in {', '.join(READABLE)}.")
    with progress() as bar:
        task = bar.add_task(f"Reading {feed.name}", total=len(files) + 1)
        given = []
        for file in files:
            given.append(prepared(read_file(file), rows_of_feed(feed), _now().date()))
            bar.advance(task)
        bar.update(task, description=f"Storing {feed.name}")
        receipt = _stored(feed, given)
        bar.advance(task)
    if as_json:
        click.echo(json.dumps(asdict(receipt), default=str))
    else:
        for line in (*_summary(receipt), *_passed_over(path)):
            click.echo(line)
    if _is_refused(receipt):
        stop(ExitCode.REFUSED)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the edge: here the clock is read


def _stored(feed: Feed, given: list[GivenFile]) -> IngestReceipt:
    try:
        return ingest_files(
            actor=CONSOLE_OPERATOR,
            feed=feed,
            given=given,
            now=_now(),
        )
    except (StoreBusyError, UnfitFuelsError, OSError) as fault:
        stop(ExitCode.UNFIT, str(fault))


def _is_refused(receipt: IngestReceipt) -> bool:
    good = receipt.rows_stored + receipt.rows_held + receipt.rows_left_out
    return bool(receipt.files_refused) or good == 0


def _summary(receipt: IngestReceipt) -> Iterator[str]:
    yield f"{receipt.dataset}: {receipt.rows_read:,} rows in {_count(receipt.files, 'file')}."
    yield f"  stored        {receipt.rows_stored:>10,}"
    yield f"  already held  {receipt.rows_held:>10,}"
    yield f"  repeated      {receipt.rows_repeated:>10,}  (equal rows are counted once)"
    yield f"  refused       {receipt.rows_refused:>10,}"
    if receipt.rows_left_out:
        yield f"  left out      {receipt.rows_left_out:>10,}  (nothing happened, or kept no longer)"
    if receipt.files_refused:
        yield f"{_count(receipt.files_refused, 'file')} refused whole: nothing of it was stored."
    elif receipt.rows_refused and not _is_refused(receipt):
        yield "The other rows are in the store; these were refused:"
    for reason in receipt.reasons:
        yield from _reason(reason)
    if receipt.report:
        yield f"Every refused row and how to put it right: {receipt.report}"
    yield from _gaps(receipt)


def _reason(reason: ReasonCount) -> Iterator[str]:
    place = reason.file + (f", row {reason.row}" if reason.row else "")
    place += f", column {reason.column}" if reason.column else ""
    value = f" ({reason.value})" if reason.value else ""
    yield f"  {reason.count:,} x {reason.code}. For example {place}{value}: {reason.reason}"
    yield f"      {reason.remedy}"


def _gaps(receipt: IngestReceipt) -> Iterator[str]:
    """Days that are held in part come first: the others may not have been given at all."""
    if not receipt.gaps:
        return
    yield f"{_count(receipt.days_with_gaps, 'day')} with gaps, which stay gaps:"
    for gap in sorted(receipt.gaps, key=lambda gap: gap.held == 0)[:_GAPS_SHOWN]:
        yield f"  {gap.settlement_date}: {gap.held} of {gap.expected}{_absent(gap)}"
    if receipt.days_with_gaps > _GAPS_SHOWN:
        yield f"  and {receipt.days_with_gaps - _GAPS_SHOWN} more (--json lists them all)"


def _absent(gap: Gap) -> str:
    """Which periods have no value, in runs: 1 to 3, 49 to 50."""
    if not gap.absent:
        return ""
    starts = [one for one in gap.absent if one - 1 not in gap.absent]
    ends = [one for one in gap.absent if one + 1 not in gap.absent]
    runs = (
        f"{start}" if start == end else f"{start} to {end}"
        for start, end in zip(starts, ends, strict=True)
    )
    return f"; nothing for Settlement Period {', '.join(runs)}"


def _passed_over(path: Path) -> Iterator[str]:
    if names := passed_over(path):
        yield f"Not read, for they are of another kind: {', '.join(names[:10])}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

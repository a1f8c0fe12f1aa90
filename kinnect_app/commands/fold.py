"""`kinnect fold` and `kinnect send`: the files of the store, few and where all machines read."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from kinnect_app.commands.outcome import ExitCode, stop
from kinnect_app.commands.schema import need_current_schema
from state.domain.actor import CONSOLE_OPERATOR
from state.services.folding import ObjectStoreError, fold_files, send_files


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def fold(*, as_json: bool) -> None:
    """Fold small files of the store into large ones, and remove those folded a day ago.

    The worker does so every hour. Rows, versions and answers stay what they are. It can be stopped
    at any moment, and run beside the market.
    """
    need_current_schema()
    done = fold_files(actor=CONSOLE_OPERATOR, now=datetime.now(UTC))  # noqa: TID251  # the edge
    if as_json:
        click.echo(json.dumps(asdict(done)))
        return
    click.echo(
        f"{done.files:,} files with {done.rows:,} rows are {done.into:,} now; "
        f"{done.removed:,} that were folded before are removed."
    )


@click.command()
def send() -> None:
    """Put every file of the store in the object storage that KINNECT_OBJECT_STORE names.

    Once, after it was set: what comes later goes there by itself. Doing it twice does nothing more.

    Exit codes: 0 all are there, 3 the object storage cannot be used.
    """
    need_current_schema()
    try:
        sent = send_files(actor=CONSOLE_OPERATOR)
    except ObjectStoreError as fault:
        stop(ExitCode.UNFIT, str(fault))
    click.echo(f"{sent:,} files are in object storage.")

"""`kinnect fold`: many small files of the store become few, while the market goes on."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from kinnect_app.commands.schema import need_current_schema
from state.domain.actor import CONSOLE_OPERATOR
from state.services.folding import fold_files


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

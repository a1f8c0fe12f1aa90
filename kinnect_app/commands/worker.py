"""`kinnect worker`: the process that works Settlement Runs out."""

import click
from pydantic import ValidationError

from kinnect_app.commands.outcome import ExitCode, stop
from kinnect_app.commands.schema import need_current_schema
from kinnect_app.settings import worker_settings


@click.command()
@click.option("--until-closed", "pipe", type=int, hidden=True, help="End when this pipe closes.")
def worker(pipe: int | None) -> None:
    """Make the runs that are due or asked for, until SIGTERM. `kinnect serve` starts one itself.

    Give each worker of an installation a KINNECT_WORKER_ID of its own, which stays the same.

    Exit codes: 0 stopped, 3 the settings or the database will not do.
    """
    try:
        chosen = worker_settings()
    except ValidationError as fault:
        reasons = [str(error["msg"]) for error in fault.errors()]
        stop(ExitCode.UNFIT, "The worker cannot start with these settings.", *reasons)
    need_current_schema()
    from kinnect_app.jobs.worker import work  # noqa: PLC0415  # DBOS is slow to import

    work(chosen, pipe)

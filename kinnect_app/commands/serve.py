"""`kinnect serve`: everything on one port."""

import os
import socket
import subprocess
import sys
import time

import click
from pydantic import ValidationError
from rich.console import Console

from kinnect_app.commands import front_end
from kinnect_app.commands.outcome import ExitCode, stop
from kinnect_app.commands.schema import need_current_schema
from kinnect_app.settings import Settings, settings
from state.domain.actor import CONSOLE_OPERATOR
from state.services import installation, kept_rows


@click.command()
@click.option(
    "--build/--no-build", default=True, help="Build the front end if it is not up to date."
)
def serve(*, build: bool) -> None:
    """Serve pages, API and websocket at KINNECT_PORT (8000). Ctrl-C stops it.

    Exit codes: 0 stopped, 3 the settings, the database, the keys or the port will not do.
    """
    chosen = _settings()
    need_current_schema()
    _need_data_keys()
    _need_kept_rows()
    _need_free_port(chosen)
    if build and not front_end.is_built():
        _build()
    _serve(chosen)


def _settings() -> Settings:
    try:
        return settings()
    except ValidationError as fault:
        reasons = [str(error["msg"]).removeprefix("Value error, ") for error in fault.errors()]
        stop(ExitCode.UNFIT, "Kinnect cannot be served with these settings.", *reasons)


def _need_data_keys() -> None:
    try:
        installation.need_data_keys(actor=CONSOLE_OPERATOR)
    except installation.UnfitKeysError as fault:
        stop(ExitCode.UNFIT, str(fault))


def _need_kept_rows() -> None:
    try:
        kept_rows.rows_kept(actor=CONSOLE_OPERATOR)
    except kept_rows.UnfitKeptRowsError as fault:
        stop(ExitCode.UNFIT, str(fault))


def _need_free_port(chosen: Settings) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((chosen.host, chosen.port))
        except OSError:
            stop(
                ExitCode.UNFIT,
                f"Port {chosen.port} is taken by another program.",
                "Stop it, or choose another: KINNECT_PORT=8010 make run",
            )


def _build() -> None:
    with Console(stderr=True).status("Building the front end …"):
        started = time.monotonic()
        try:
            front_end.build()
        except front_end.BuildFailedError as fault:
            stop(ExitCode.BROKEN, "The front end could not be built:", str(fault))
    click.echo(f"Front end built in {time.monotonic() - started:.0f} s.", err=True)


def _serve(chosen: Settings) -> None:
    """Become the server.

    A process of its own, not a fork of this one: a fork would inherit the threads of Polars and
    whatever lock one of them held.
    """
    environment = {
        **os.environ,
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": "65536",
        "REFLEX_DIR": str(front_end.ROOT / ".reflex"),
        "PYTHONPATH": str(front_end.ROOT),
    }
    os.chdir(front_end.ROOT)
    arguments = (
        "--interface=asgi",
        "--factory",
        "--workers=1",
        f"--host={chosen.host}",
        f"--port={chosen.port}",
        "--workers-kill-timeout=5",
        "--log-level=warning",
        "kinnect_app.kinnect_app:app",
    )
    sys.stdout.flush()
    if chosen.worker == "embedded":
        _start_worker(environment)
    os.execve(  # noqa: S606  # no shell
        sys.executable, [sys.executable, "-m", "granian", *arguments], environment
    )


def _start_worker(environment: dict[str, str]) -> None:
    """Start who watches the worker. Our end of the pipe is the server's: it closes as that ends."""
    theirs, ours = os.pipe()
    os.set_inheritable(ours, True)  # noqa: FBT003  # as the library has it
    subprocess.Popen(  # noqa: S603  # our own program and a number
        [sys.executable, "-m", "kinnect_app.jobs.watch", str(theirs)],
        env={**environment, "KINNECT_WORKER_ID": "embedded"},
        pass_fds=(theirs,),
        stdin=subprocess.DEVNULL,
    )
    os.close(theirs)

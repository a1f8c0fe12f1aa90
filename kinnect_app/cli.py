"""`kinnect …`: every command a person or a machine runs."""

import sys
from importlib import import_module
from typing import Final

import click
from rich.console import Console

from kinnect_app.commands.outcome import ExitCode

_COMMANDS: Final = {
    "serve": "kinnect_app.commands.serve:serve",
    "worker": "kinnect_app.commands.worker:worker",
    "migrate": "kinnect_app.commands.record:migrate",
    "demo": "kinnect_app.commands.demo:demo",
    "ingest": "kinnect_app.commands.ingest:ingest",
    "publisher": "kinnect_app.commands.publisher:publisher",
    "fold": "kinnect_app.commands.fold:fold",
    "send": "kinnect_app.commands.fold:send",
    "settle": "kinnect_app.commands.settlement:settle",
    "explain": "kinnect_app.commands.settlement:explain",
    "report": "kinnect_app.commands.report:report",
    "draw": "kinnect_app.commands.settlement:draw",
    "backup": "kinnect_app.commands.record:backup",
    "restore": "kinnect_app.commands.record:restore",
    "audit": "kinnect_app.commands.record:audit",
}
"""Where each command stands; a command brings in only what it needs."""


class _Commands(click.Group):
    """The commands above, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own shape
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kinnect", prog_name="kinnect")
def kinnect() -> None:
    """Kinnect: an open platform for an electricity market.

    Exit codes: 0 done, 1 the input was refused, 2 wrong use of a command, 3 this machine or its
    settings will not do, 70 a fault of ours.
    """


def main() -> None:
    """Run the command line; whatever goes wrong ends with a sentence and a code, not a stack."""
    try:
        kinnect.main(standalone_mode=True)
    except Exception as fault:  # noqa: BLE001  # the last line of defence
        if type(fault).__name__ in {"DatabaseUnreachableError", "UnfitDatabaseError"}:
            _end(ExitCode.UNFIT, f"The database will not do: {fault}")
        if type(fault).__name__ == "UnfitKeysError":
            _end(ExitCode.UNFIT, str(fault))
        Console(stderr=True).print_exception()
        _end(ExitCode.BROKEN, "This is a fault of Kinnect's: please report the lines above.")


def _end(code: ExitCode, message: str) -> None:
    click.echo(message, err=True)
    sys.exit(int(code))

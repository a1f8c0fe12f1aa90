"""How a command ends, and how it shows that it is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    REFUSED = 1  # the input breaks a rule; the message says which and nothing was stored
    MISUSED = 2  # the command line itself is wrong (click's own code)
    UNFIT = 3  # this machine or its settings will not do: port taken, database unreachable
    BROKEN = 70  # a fault of ours


def stop(code: ExitCode, *lines: str) -> NoReturn:
    """Print the reasons to standard error and end with the code."""
    for line in lines:
        click.echo(line, err=True)
    raise click.exceptions.Exit(int(code))


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on standard error, so that standard output stays a program's."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=False,
    ) as bar:
        yield bar

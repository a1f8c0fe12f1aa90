"""`kinnect migrate`, `backup`, `restore` and `audit verify`: keeping the record."""

from pathlib import Path

import click
from rich.console import Console

from kinnect_app.commands.outcome import ExitCode, stop
from kinnect_app.commands.schema import need_current_schema
from state.domain.actor import CONSOLE_OPERATOR
from state.services import audit as audit_service
from state.services import backup as backup_service
from state.services import installation


@click.command()
def migrate() -> None:
    """Bring the database to the revision of this code. Doing it twice does nothing.

    Exit codes: 0 up to date, 3 the database does not answer.
    """
    before = installation.migrate(actor=CONSOLE_OPERATOR)
    if before.is_current:
        click.echo(f"The database is at revision {before.needed}: nothing to do.")
    else:
        click.echo(f"The database went from {before.found or 'empty'} to revision {before.needed}.")


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False))
def backup(archive: Path) -> None:
    """Write the whole record (database, datasets, reports) to ARCHIVE, while it is in use.

    Exit codes: 0 written, 1 ARCHIVE is there already, 3 the database does not answer.
    """
    need_current_schema()
    if not archive.absolute().parent.is_dir():
        stop(ExitCode.REFUSED, f"There is no folder {archive.parent}: make it first.")
    if archive.exists():
        stop(ExitCode.REFUSED, f"{archive} is there already: choose another name.")
    with Console(stderr=True).status("Backing up …"):
        try:
            made = backup_service.back_up(actor=CONSOLE_OPERATOR, archive=archive)
        except backup_service.BackupFailedError as fault:
            stop(ExitCode.UNFIT, str(fault))
    click.echo(
        f"{archive}: {made.files:,} files, {made.size_bytes / 1e6:,.1f} MB, "
        f"audit trail of {made.audit_entries:,} entries ending {made.audit_head[:12]}."
    )


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(archive: Path) -> None:
    """Restore ARCHIVE into an empty installation, then verify every file and the audit trail.

    Exit codes: 0 restored and verified, 1 refused (not empty, or the archive is damaged).
    """
    with Console(stderr=True).status("Restoring …"):
        try:
            found = backup_service.restore(actor=CONSOLE_OPERATOR, archive=archive)
        except backup_service.RestoreRefusedError as refused:
            stop(ExitCode.REFUSED, *refused.why)
    click.echo(
        f"Restored {found.files:,} files; all are as they were written. "
        f"The audit trail of {found.audit_entries:,} entries is whole."
    )


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@click.option("--entries", type=int, help="How many entries there were when the head was noted.")
@click.option("--head", help="The seal of the last entry when it was noted: finds a cut tail.")
def verify(entries: int | None, head: str | None) -> None:
    """Recompute every seal of the audit trail, from the first entry to the last.

    Exit codes: 0 whole, 1 broken (says where and how).
    """
    need_current_schema()
    with Console(stderr=True).status("Verifying …"):
        found = audit_service.verify_audit_trail(
            actor=CONSOLE_OPERATOR, expected_entries=entries, expected_head=head
        )
    if found.broken_at is not None:
        stop(
            ExitCode.REFUSED, f"The audit trail is broken at entry {found.broken_at}: {found.why}."
        )
    click.echo(f"All {found.entries:,} entries are as they were sealed. Head: {found.head}")

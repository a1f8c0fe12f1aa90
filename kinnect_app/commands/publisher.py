"""`kinnect publisher`: programs that push rows of public datasets, let in and ended."""

from datetime import UTC, datetime

import click

from kinnect_app.commands.outcome import ExitCode, stop
from kinnect_app.commands.schema import need_current_schema
from state.domain.actor import CONSOLE_OPERATOR
from state.domain.dates import spoken_date
from state.domain.refusal import RefusedError
from state.services import publishers
from state.services.publishers import NoPublisherError


@click.group()
def publisher() -> None:
    """Programs that push rows of public datasets (scope data:publish)."""
    need_current_schema()


@publisher.command()
@click.argument("name")
@click.option("--for", "acts_for", required=True, help="Mail address of the staff it acts for.")
@click.option("--from", "networks", default="", help="Networks it comes from; else from anywhere.")
def add(name: str, acts_for: str, networks: str) -> None:
    """Let a program in, and print its id and its secret: the secret is shown this once.

    Exit codes: 0 let in, 1 refused.
    """
    try:
        made = publishers.add_publisher(
            actor=CONSOLE_OPERATOR,
            name=name,
            acts_for=acts_for,
            allowed_addresses=networks,
            now=_now(),
        )
    except RefusedError as refused:
        stop(ExitCode.REFUSED, *(f"{one.field}: {one.reason}." for one in refused.reasons))
    click.echo(f"client_id      {made.client_id}")
    click.echo(f"client_secret  {made.secret}")


@publisher.command("list")
def list_them() -> None:
    """Print every program that pushes rows, or did."""
    for one in publishers.publishers(actor=CONSOLE_OPERATOR):
        ended = f"ended {spoken_date(one.until)}" if one.until else "acts"
        since = spoken_date(one.since)
        click.echo(f"{one.public_id}  {one.name}  for {one.acts_for}  since {since}  {ended}")


@publisher.command()
@click.argument("public_id")
def end(public_id: str) -> None:
    """End a program, at once.

    Exit codes: 0 ended, 1 there is none such.
    """
    try:
        name = publishers.end_publisher(actor=CONSOLE_OPERATOR, public_id=public_id, now=_now())
    except NoPublisherError as none:
        stop(ExitCode.REFUSED, str(none))
    click.echo(f"{name} pushes no more rows.")


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the edge: here the clock is read

"""`kinnect demo`: an invented market to look at and to work in."""

from datetime import UTC, datetime, timedelta

import click

from kinnect_app.commands.outcome import ExitCode, progress, stop
from kinnect_app.commands.schema import need_current_schema
from state.domain.actor import CONSOLE_OPERATOR
from state.services import demo_market

_SEED = 2026


@click.command()
@click.option("--seed", type=int, default=_SEED, show_default=True, help="Same seed, same market.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day; yesterday when not given. 2026-10-31 brings a day of 50 periods.",
)
@click.option("--weeks", type=click.IntRange(1, 52), default=4, show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing when the demo market is there already.")
def demo(seed: int, until: datetime | None, weeks: int, *, if_empty: bool) -> None:
    """Seed the demo market: companies, people, BM Units, four weeks of data, and its prices.

    Doing it twice with the same seed and dates stores nothing the second time.
    Exit codes: 0 seeded, 1 there are real companies here.
    """
    need_current_schema()
    if if_empty and demo_market.market_is_invented(actor=CONSOLE_OPERATOR):
        return
    now = datetime.now(UTC)  # noqa: TID251  # the edge
    try:
        facts, steps = demo_market.demo_steps(
            actor=CONSOLE_OPERATOR,
            seed=seed,
            until=until.date() if until else (now - timedelta(days=1)).date(),
            weeks=weeks,
            now=now,
        )
    except demo_market.NotEmptyError as refused:
        stop(ExitCode.REFUSED, str(refused))
    with progress() as bar:
        task = bar.add_task("Demo market", total=None)
        for words, do in steps:
            bar.update(task, description=f"Demo market: {words:36}", advance=1)
            do()
        bar.update(task, description=f"Demo market: {'done':36}")
    click.echo(
        f"The demo market of seed {facts.seed}: {facts.companies} companies, {facts.people} people "
        f"to sign in as, {facts.bm_units} BM Units, {facts.since} to {facts.until}. All invented."
    )

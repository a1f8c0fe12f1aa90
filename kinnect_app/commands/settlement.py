"""Settle, explain and draw: from a folder of frames to a folder of figures, or to the screen."""

from datetime import date
from pathlib import Path
from typing import Final, Literal

import click
import polars as pl

from kinnect_app.commands.outcome import ExitCode, progress, stop
from settlement_engine import draw as drawing
from settlement_engine import explain as explaining
from settlement_engine import folder
from settlement_engine.faults import GivenFramesError
from settlement_engine.frames import keys
from settlement_engine.rulebook import RulebookError, Settled
from settlement_engine.trading_charges import TRADING_CHARGES

REFUSALS: Final = (GivenFramesError, RulebookError, folder.OutputExistsError)


class SettlementDates(click.ParamType[tuple[date, date]]):
    """One Settlement Date, or the first and the last of a range."""

    name = "DATE|FROM..TO"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date]:
        """Both ends of the range, which are the same for one date."""
        first, dots, last = str(value).partition("..")
        try:
            return date.fromisoformat(first), date.fromisoformat(last if dots else first)
        except ValueError:
            self.fail(
                f"{value} is no date such as 2026-01-01 or 2026-01-01..2026-01-31.", param, ctx
            )


class SettlementDate(click.ParamType[date]):
    """One Settlement Date."""

    name = "DATE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The date as one."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is no date such as 2026-01-01.", param, ctx)


inputs = click.option(
    "--inputs",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the frames that are given, CSV or Parquet, each file named after its frame.",
)


@click.command()
@click.argument("dates", type=SettlementDates())
@inputs
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the results; new or empty.",
)
@click.option("--format", "file_format", type=click.Choice(["csv", "parquet"]), default="csv")
def settle(
    dates: tuple[date, date], inputs: Path, out: Path, file_format: Literal["csv", "parquet"]
) -> None:
    """Work out every quantity of DATE or FROM..TO and write each to a file.

    Starts from whichever frames the folder holds; a frame that is given is not worked out.
    """
    try:
        with progress() as bar:
            task = bar.add_task("Read", total=3)
            given = folder.read(inputs, TRADING_CHARGES.frame_types())
            bar.update(task, advance=1, description="Settle")
            settled = TRADING_CHARGES.settle(given, since=dates[0], until=dates[1])
            bar.update(task, advance=1, description="Write")
            files = folder.write(settled, out, file_format)
            bar.update(task, advance=1, description="Settled")
    except REFUSALS as refusal:
        stop(ExitCode.REFUSED, *_reasons(refusal), "Nothing was written.")
    click.echo(f"Rulebook {settled.rulebook.name}, fingerprint {settled.fingerprint}")
    if unpriced := _days_without_a_price(settled):
        click.echo(f"No price, for want of actions: {', '.join(map(str, unpriced))}", err=True)
    for file in files:
        click.echo(f"{settled.frames[file.stem].height:>9,} rows  {file}")


@click.command()
@click.argument("quantity")
@inputs
@click.option("--date", "settlement_date", required=True, type=SettlementDate())
@click.option("--period", "settlement_period", required=True, type=click.IntRange(1, 50))
@click.option(
    "--key",
    "further_keys",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Further key of the row, such as action_id=T_DRAXX-1/42.",
)
def explain(
    quantity: str,
    inputs: Path,
    settlement_date: date,
    settlement_period: int,
    further_keys: tuple[str, ...],
) -> None:
    """Print one figure of QUANTITY as the tree of what it came from."""
    try:
        TRADING_CHARGES.rule(quantity)
        key = {
            "settlement_date": settlement_date,
            "settlement_period": settlement_period,
            **_further(quantity, further_keys),
        }
        given = folder.read(inputs, TRADING_CHARGES.frame_types())
        settled = TRADING_CHARGES.settle(
            given, since=settlement_date, until=settlement_date, wanted=[quantity]
        )
        figure = explaining.explain(settled, quantity, key)
    except REFUSALS as refusal:
        stop(ExitCode.REFUSED, *_reasons(refusal))
    click.echo(explaining.text(figure))


@click.command()
@click.option(
    "--date",
    "settlement_date",
    type=SettlementDate(),
    help="Settlement Date whose rules are drawn; by default that of the last change.",
)
@click.option("--format", "drawn_as", type=click.Choice(["mermaid", "table"]), default="mermaid")
def draw(settlement_date: date | None, drawn_as: str) -> None:
    """Draw the chain of quantities as a Mermaid chart, or list all their versions as a table."""
    if drawn_as == "table":
        click.echo(drawing.table(TRADING_CHARGES))
        return
    try:
        click.echo(
            drawing.mermaid(TRADING_CHARGES, settlement_date or TRADING_CHARGES.last_change())
        )
    except RulebookError as refusal:
        stop(ExitCode.REFUSED, str(refusal))


def _days_without_a_price(settled: Settled) -> list[date]:
    """The days of the range that were asked for and have no price."""
    since, until = settled.span.since, settled.span.until
    days = pl.date_range(since, until, eager=True)
    priced = settled.frames["energy_imbalance_price"]["settlement_date"]
    return days.filter(~days.is_in(priced.unique().to_list())).to_list()


def _further(quantity: str, texts: tuple[str, ...]) -> dict[str, str]:
    known = keys(TRADING_CHARGES.rule(quantity).produces)
    further: dict[str, str] = {}
    for text in texts:
        column, equals, value = text.partition("=")
        if not equals or column not in known[2:]:
            more = ", ".join(known[2:]) or "none besides date and period"
            raise click.BadParameter(f"{text}: write COLUMN=VALUE. {quantity} has {more}.")
        further[column] = value
    return further


def _reasons(refusal: Exception) -> list[str]:
    if isinstance(refusal, GivenFramesError):
        return [str(fault) for fault in refusal.faults]
    return [str(refusal)]

"""Settle, explain and draw: from a folder of frames to a folder of figures, or to the screen."""

from collections.abc import Iterator
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
from settlement_engine.frames import LONGEST_DAY, Frame, keys
from settlement_engine.rulebook import Settled
from settlement_engine.settling import RulebookError, listed
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
        stop(ExitCode.REFUSED, *reasons(refusal), "Nothing was written.")
    click.echo(f"Rulebook {settled.rulebook.name}, fingerprint {settled.fingerprint}")
    for notice in _notices(settled):
        click.echo(notice, err=True)
    for file in files:
        click.echo(f"{settled.frames[file.stem].height:>9,} rows  {file}")


@click.command()
@click.argument("quantity")
@inputs
@click.option("--date", "settlement_date", required=True, type=SettlementDate())
@click.option(
    "--period",
    "settlement_period",
    type=click.IntRange(1, LONGEST_DAY),
    help="Settlement Period of the day; a daily quantity has none.",
)
@click.option(
    "--key",
    "further_keys",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Further key of the row, such as action_id=T_DRAXX-1/42.",
)
@click.option(
    "--depth",
    type=click.IntRange(1),
    default=explaining.DEEPEST,
    help="How many quantities to follow, one under the other; by default down to what was given.",
)
def explain(  # one argument an option
    quantity: str,
    inputs: Path,
    settlement_date: date,
    settlement_period: int | None,
    further_keys: tuple[str, ...],
    depth: int,
) -> None:
    """Print one figure of QUANTITY as the tree of what it came from."""
    try:
        TRADING_CHARGES.rule(quantity)
        key = _key(quantity, settlement_date, settlement_period, further_keys)
        given = folder.read(inputs, TRADING_CHARGES.frame_types())
        settled = TRADING_CHARGES.settle(
            given, since=settlement_date, until=settlement_date, wanted=[quantity]
        )
        figure = explaining.explain(settled, quantity, key, depth)
    except REFUSALS as refusal:
        stop(ExitCode.REFUSED, *reasons(refusal))
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


def _notices(settled: Settled) -> Iterator[str]:
    """What was asked for and is not there: days without a price, quantities without their roots."""
    if "energy_imbalance_price" in settled.worked_out:
        days = pl.date_range(settled.span.since, settled.span.until, eager=True)
        priced = settled.frames["energy_imbalance_price"]["settlement_date"].unique()
        if unpriced := days.filter(~days.is_in(priced.to_list())).to_list():
            yield f"No price, for want of actions: {', '.join(map(str, unpriced))}"
    if settled.lacking:
        frames = frozenset().union(*settled.lacking.values())
        yield f"Not worked out, for want of {listed(frames)}: {', '.join(settled.lacking)}"


def _key(
    quantity: str, settlement_date: date, settlement_period: int | None, texts: tuple[str, ...]
) -> dict[str, object]:
    """The key of the row that is meant."""
    schema = TRADING_CHARGES.rule(quantity).produces
    key: dict[str, object] = {"settlement_date": settlement_date}
    if "settlement_period" in keys(schema):
        if settlement_period is None:
            raise click.UsageError(f"{quantity} is worked out by period: say which with --period.")
        key["settlement_period"] = settlement_period
    further = [column for column in keys(schema) if column not in {*key, "settlement_period"}]
    for text in texts:
        column, equals, value = text.partition("=")
        if not equals or column not in further:
            more = ", ".join(further) or "none besides date and period"
            raise click.BadParameter(f"{text}: write COLUMN=VALUE. {quantity} has {more}.")
        key[column] = _typed(column, value, schema)
    return key


def _typed(column: str, text: str, schema: Frame) -> object:
    """The text as the type of its column."""
    kind = schema.columns()[column].dtype
    try:
        return pl.Series([text]).cast(kind).item()
    except pl.exceptions.PolarsError as error:
        raise click.BadParameter(f"{column} cannot be {text}.") from error


def reasons(refusal: Exception) -> list[str]:
    """Everything that is wrong, a line each."""
    if isinstance(refusal, GivenFramesError):
        return [str(fault) for fault in refusal.faults]
    return [str(refusal)]

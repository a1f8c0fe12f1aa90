"""Settle a day of the size of Great Britain's, end to end, and a year of such days.

Run by `make bench`. Each figure is a ratio to a baseline measured in the same run: the same
formulas in plain NumPy, the price stage in DuckDB, and reading and sorting the inputs once. The
results must be equal. BENCH_DAYS sets how many days the year has.
"""

import os
import resource
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click
import duckdb
import polars as pl

from settlement_engine import settling
from settlement_engine.frames import keys
from settlement_engine.rulebook import Settled
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.demo_market.market import demo_market
from tests.bench import numpy_reference
from tests.bench.realistic_day import day_of_frames

DAY = date(2026, 1, 15)
DAYS = int(os.environ.get("BENCH_DAYS", "365"))
ROUNDS = 5
SQL = (Path(__file__).parent / "price.sql").read_text(encoding="utf-8")
PRICE = "energy_imbalance_price"


def best(what: str, work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[Any, float]:
    """The result, and the least time it took: the machine may be busy."""
    least = float("inf")
    for _ in range(rounds):
        began = perf_counter()
        result = work()
        least = min(least, perf_counter() - began)
    click.echo(f"{what:<62}{least:>9.3f} s")
    return result, least


def settle(frames: dict[str, pl.DataFrame], day: date) -> Settled:
    return TRADING_CHARGES.settle(frames, since=day, until=day, whole_days=True)


def read_and_sort(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        pl.read_parquet(path).sort(keys(TRADING_CHARGES.given[path.stem]))


def a_demo_day() -> None:
    market = demo_market(7, DAY, weeks=1)
    made = market.frames(DAY, DAY)
    given = {
        name: made[name].select(c for c in made[name].columns if c in schema.column_names())
        for name, schema in TRADING_CHARGES.given.items()
    }
    settled, _ = best("a day of the demo market", lambda: settle(given, DAY))
    actions = settled.frames["balancing_actions"].height
    click.echo(f"  {len(market.bm_units)} BM Units, {actions:,} actions")


def compared(settled: Settled, reference: numpy_reference.Day) -> None:
    """Volumes equal to 1e-9 MWh, prices to the last counted place, money to what that comes to."""
    columns = ["bm_unit", "settlement_period", "acceptance_number", "pair_number"]
    volumes = settled.decimals("accepted_volume")
    if volumes.height != len(reference.volumes):
        raise SystemExit("The engine and NumPy accept different pairs.")
    for *key, up, down in volumes.select(
        *columns, "accepted_offer_volume_mwh", "accepted_bid_volume_mwh"
    ).iter_rows():
        expected = reference.volumes[tuple(key)]
        if max(abs(up - expected[0]), abs(down - expected[1])) > 1e-9:
            raise SystemExit(f"{key}: {up}, {down}, not {expected}.")
    prices = settled.decimals(PRICE)
    off = (prices["system_buy_price_gbp_per_mwh"] - pl.Series(reference.price)).abs().max()
    far = (prices["net_imbalance_volume_mwh"] - pl.Series(reference.imbalance)).abs().max()
    parties = (
        settled.decimals("party_cashflow")
        .group_by("party_id")
        .agg(pl.col("net_to_party_gbp").sum())
    )
    apart = max(abs(reference.net[party] - net) for party, net in parties.iter_rows())
    click.echo(f"  equal to NumPy: volumes 1e-9 MWh, price {off:.1e} GBP/MWh (counted in 1e-5),")
    click.echo(f"  imbalance {far:.1e} MWh, net of {parties.height} Parties {apart:.1e} GBP")
    if off > 0.5e-5 + 1e-9 or far > 2e-9 or apart > 0.05:
        raise SystemExit("The engine and NumPy differ.")


def the_price_stage(settled: Settled) -> None:
    actions = settled.decimals("balancing_actions")
    market = settled.decimals("market_index")
    given = {"balancing_actions": actions, "market_index": market}
    ready = TRADING_CHARGES.checked(given, DAY)
    priced, engine = best(
        "the price stage, engine",
        lambda: TRADING_CHARGES.settle(ready, since=DAY, until=DAY, wanted=[PRICE]),
    )
    with TemporaryDirectory() as name, duckdb.connect() as base:
        for table, frame in (("actions", actions), ("market", market)):
            frame.write_parquet(f"{name}/{table}.parquet")
            base.execute(f"CREATE TABLE {table} AS FROM '{name}/{table}.parquet'")
        rows, sql = best("the price stage, DuckDB", lambda: base.execute(SQL).fetchall())
    prices = priced.decimals(PRICE)["system_buy_price_gbp_per_mwh"]
    off = max(abs(round(row[1], 5) - price) for row, price in zip(rows, prices, strict=True))
    if off > 1e-9:
        raise SystemExit(f"The engine and DuckDB differ by {off}.")
    click.echo(f"  {actions.height:,} actions; all {len(rows)} prices equal to 1e-9")
    click.echo(f"  DuckDB / engine: {sql / engine:.2f}")


def where_the_time_goes(frames: dict[str, pl.DataFrame]) -> None:
    spent: dict[str, float] = {}
    whole = settling.worked_out

    def watched(step: settling.Step, *rest: Any, **more: Any) -> pl.DataFrame:
        began = perf_counter()
        frame = whole(step, *rest, **more)
        spent[step.rule.name] = perf_counter() - began
        return frame

    settling.worked_out = watched
    try:
        settle(frames, DAY)
    finally:
        settling.worked_out = whole
    total = sum(spent.values())
    click.echo("where the time goes:")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1])[:8]:
        click.echo(f"  {name:<40}{seconds * 1000:>7.0f} ms {seconds / total:>5.0%}")


def a_year() -> None:
    """Four winter days, one after the other, again and again: each has as much to do as any."""
    winter = [DAY + timedelta(days=n) for n in range(4)]
    made = {day: day_of_frames(day) for day in winter}
    spent = 0.0
    for number in range(DAYS):
        day = winter[number % len(winter)]
        began = perf_counter()
        settle(made[day], day)
        spent += perf_counter() - began
    click.echo(f"{DAYS} realistic days, one after the other in one process{spent:>15.1f} s")


def main() -> None:
    a_demo_day()
    frames = day_of_frames(DAY)
    click.echo(", ".join(f"{name} {frame.height:,}" for name, frame in frames.items()))
    with TemporaryDirectory() as name:
        folder = Path(name)
        for frame_name, frame in frames.items():
            frame.write_parquet(folder / f"{frame_name}.parquet")
        _, sort = best("read and sort the inputs once", lambda: read_and_sort(folder))
    settled, engine = best("a realistic day, from frames to each Party's charges",
                           lambda: settle(frames, DAY))  # fmt: skip
    reference, slow = best(
        "the same in plain NumPy", lambda: numpy_reference.settle(frames), rounds=1
    )
    compared(settled, reference)
    click.echo(f"  {settled.frames['accepted_volume'].height:,} rows of acceptance and pair")
    click.echo(f"  NumPy / engine: {slow / engine:.1f}")
    click.echo(f"  engine / reading and sorting once: {engine / sort:.2f}")
    the_price_stage(settled)
    where_the_time_goes(frames)
    a_year()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    click.echo(f"peak memory: {peak:.1f} GB")


if __name__ == "__main__":
    main()

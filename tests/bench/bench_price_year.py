"""Price a year of stacks: 17,520 Settlement Periods of about 500 actions, in one process.

Run by `make bench`. Prints seconds, the ratio to the slow reference in plain Python (on a sample,
whose results must be equal) and to the time Polars takes to sort the same frame once.
"""

import resource
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from time import perf_counter
from typing import Any

import click
import numpy as np
import polars as pl

from settlement_engine.periods import settlement_date_of, settlement_period_of_expression
from settlement_engine.trading_charges import TRADING_CHARGES
from tests.property.imbalance_price_reference import Action, Terms, price_period

PERIODS = 17_520
ACTIONS_A_PERIOD = 500
SAMPLE = 40
ROUNDS = 3
SEED = 2026
FIRST_DAY = date(2025, 1, 1)
KEY = ["settlement_date", "settlement_period", "action_type", "price_gbp_per_mwh", "action_id"]


def year_of_actions(periods: int = PERIODS, each: int = ACTIONS_A_PERIOD) -> pl.DataFrame:
    """A year of invented actions in no order, on the days and periods of the clocks of London."""
    random = np.random.default_rng(SEED)
    rows = periods * each
    kinds = np.array(["offer", "bid", "buy_adjustment", "sell_adjustment"])
    kind = random.choice(4, rows, p=[0.48, 0.48, 0.02, 0.02])
    sells = kind % 2 == 1
    size = np.round(random.gamma(1.2, 12.0, rows), 6)
    price = np.round(random.normal(np.where(sells, 45.0, 95.0), 25.0) * 4) / 4
    frame = pl.DataFrame(
        {
            "half_hour": np.repeat(np.arange(periods), each),
            "name": np.tile(np.arange(each), periods),
            "kind": kind,
            "volume_mwh": np.where(sells, -size, size),
            "price_gbp_per_mwh": price,
            "unit": random.integers(0, 400, rows),
            "so_flag": random.random(rows) < 0.15,
            "cadl_flag": random.random(rows) < 0.1,
            "transmission_loss_multiplier_per_unit": np.round(random.normal(1, 0.01, rows), 7),
        }
    )
    unit = pl.format("T_UNIT-{}", "unit")
    first = pl.lit(datetime.combine(FIRST_DAY, time(), UTC))
    start = first.cast(pl.Datetime("us", "UTC")) + pl.duration(minutes=30 * pl.col("half_hour"))
    return frame.select(
        settlement_date=settlement_date_of(start),
        settlement_period=settlement_period_of_expression(start),
        action_id=pl.format("{}/{}", unit, "name"),
        action_type=pl.lit(pl.Series(kinds)).gather("kind"),
        bm_unit=unit,
        acceptance_number=pl.col("name"),
        pair_number=pl.lit(1),
        volume_mwh="volume_mwh",
        price_gbp_per_mwh=pl.when(pl.col("kind") >= 2)
        .then(pl.when(pl.col("name") % 7 > 0).then("price_gbp_per_mwh"))
        .otherwise("price_gbp_per_mwh"),
        # In every eighth half-hour the whole stack is flagged, in the one after most of it.
        so_flag=pl.col("so_flag")
        | (pl.col("half_hour") % 8 == 0)
        | ((pl.col("half_hour") % 8 == 1) & (pl.col("name") % 100 > 0)),
        cadl_flag="cadl_flag",
        transmission_loss_multiplier_per_unit="transmission_loss_multiplier_per_unit",
    ).sample(fraction=1.0, shuffle=True, seed=SEED)


def timed(what: str, work: Callable[[], Any]) -> tuple[Any, float]:
    began = perf_counter()
    result = work()
    seconds = perf_counter() - began
    click.echo(f"{what:<58}{seconds:>9.2f} s")
    return result, seconds


def slow_sample(exact: pl.DataFrame, market_price: int) -> tuple[list[tuple[Any, ...]], float]:
    """The first periods of the year in plain Python; building the objects is not timed."""
    first = exact.filter(
        (pl.col("settlement_date") == FIRST_DAY) & (pl.col("settlement_period") <= SAMPLE)
    )
    stacks = [
        [
            Action(
                row["action_id"], row["action_type"], row["volume_mwh"], row["price_gbp_per_mwh"],
                so=row["so_flag"], cadl=row["cadl_flag"],
                tlm=row["transmission_loss_multiplier_per_unit"],
            )
            for row in stack.iter_rows(named=True)
        ]
        for _, stack in first.sort("settlement_period").group_by(
            "settlement_period", maintain_order=True
        )
    ]  # fmt: skip
    terms = Terms(market_price=market_price)
    priced, seconds = timed(
        f"plain Python, {SAMPLE} periods", lambda: [price_period(stack, terms) for stack in stacks]
    )
    return [(period.price, period.niv, period.code) for period in priced], seconds


def main() -> None:
    actions, _ = timed("make the year (not counted)", year_of_actions)
    click.echo(f"{actions.height:,} actions, {actions.estimated_size() / 1e9:.2f} GB")
    market = (
        actions.select(KEY[:2])
        .unique()
        .with_columns(provider=pl.lit("APXMIDP"), price_gbp_per_mwh=60.0, volume_mwh=900.0)
    )
    given = {"balancing_actions": actions, "market_index": market}
    span = {"since": FIRST_DAY, "until": date(2025, 12, 31)}
    sort = check = price = float("inf")
    for _ in range(ROUNDS):  # side by side, the best of each: the machine may be busy
        _, seconds = timed("Polars sorts the frame once", lambda: actions.sort(KEY))
        sort = min(sort, seconds)
        ready, seconds = timed(
            "check and read what is given", lambda: TRADING_CHARGES.checked(given, FIRST_DAY)
        )
        check = min(check, seconds)
        settled, seconds = timed("price the year", lambda: TRADING_CHARGES.settle(ready, **span))  # noqa: B023
        price = min(price, seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    expected, slow = slow_sample(ready.frames["balancing_actions"], 60 * 10**5)

    prices = settled.frames["energy_imbalance_price"]
    columns = "system_buy_price_gbp_per_mwh", "net_imbalance_volume_mwh", "price_derivation_code"
    if prices.head(SAMPLE).select(columns).rows() != expected:
        raise SystemExit("The engine and plain Python differ.")
    slow_year, whole = slow / SAMPLE * PERIODS, price + check
    click.echo(f"{prices.height:,} prices; equal to plain Python in {SAMPLE} of {SAMPLE} periods")
    click.echo(f"plain Python, a year at that pace: {slow_year:.0f} s")
    click.echo(f"engine / sort:         {price / sort:.2f}, with reading {whole / sort:.2f}")
    click.echo(f"plain Python / engine: {slow_year / price:.0f}, with {slow_year / whole:.0f}")
    click.echo(f"peak memory:           {peak:.1f} GB")


if __name__ == "__main__":
    main()

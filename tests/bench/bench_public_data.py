"""Public data against a tuned Datasette on the same rows, and against writing them from memory.

Run by `make bench`; needs the real data of `../shared/data`. Every answer is made anew: what is
kept of earlier answers is thrown away before each.
"""

import asyncio
import sqlite3
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import perf_counter

import click
import httpx
import polars as pl
from datasette.app import Datasette
from fastapi import FastAPI

from kinnect_app.api import answers
from kinnect_app.api.bmrs import PREFIX, router
from kinnect_app.api.events import ChangeFeed, event_stream
from kinnect_app.ingest.files import read_file
from kinnect_app.ingest.published import feed_of, prepared
from settlement_engine.periods import period_start
from state.domain.actor import ANYONE, CONSOLE_OPERATOR
from state.domain.datasets import dataset
from state.services.datasets import dataset_rows
from state.services.ingest import ingest_files, store_rows
from tests.databases import fresh_installation

REAL = Path(__file__).parents[3] / "shared/data/insights"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
DAY = date(2026, 10, 1)
PERIOD = 20
UNITS, PAIRS = 256, (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)  # 2,560 rows, as in one real period
TRIES = 15
LISTENERS = 500

QUESTIONS = {
    "JSON of a price day": (
        "/balancing/settlement/system-prices/2020-01-05",
        "/data/prices.json?settlementDate=2020-01-05&_shape=array&_size=max",
    ),
    "JSON of a bid-offer period": (
        (
            f"/datasets/BOD/stream?from={DAY}&to={DAY}"
            f"&settlementPeriodFrom={PERIOD}&settlementPeriodTo={PERIOD}"
        ),
        f"/data/bids.json?settlementPeriod={PERIOD}&_shape=array&_size=max",
    ),
    "JSON of a month of generation": (
        "/datasets/FUELINST/stream?settlementDateFrom=2025-10-01&settlementDateTo=2025-10-31",
        "/data/fuel.json?_shape=array&_size=max",
    ),
}


def bids() -> pl.DataFrame:
    """Bid-offer pairs of three periods."""
    rows = [
        {
            "settlement_date": DAY,
            "settlement_period": period,
            "published_at": period_start(DAY, period),
            "bm_unit": f"T_BENCH-{unit}",
            "pair_number": pair,
            "from_at": period_start(DAY, period),
            "from_mw": 10.0 * pair,
            "to_at": period_start(DAY, period) + timedelta(minutes=30),
            "to_mw": 10.0 * pair,
            "offer_price_gbp_per_mwh": 50.25 + pair,
            "bid_price_gbp_per_mwh": 40.5 + pair,
        }
        for period in (PERIOD - 1, PERIOD, PERIOD + 1)
        for unit in range(UNITS)
        for pair in PAIRS
    ]
    return pl.DataFrame(rows)


def take_in(code: str, path: Path) -> float:
    """Seconds to check and store a file."""
    start = perf_counter()
    feed = feed_of(code)
    given = prepared(read_file(path), dataset(feed.dataset), NOW.date())
    ingest_files(actor=CONSOLE_OPERATOR, feed=feed, given=[given], now=NOW)
    return perf_counter() - start


def beside(folder: Path, tables: dict[str, pl.DataFrame]) -> Datasette:
    """The same rows in SQLite, indexed for these questions, behind Datasette without limits."""
    path = folder / "data.db"
    with sqlite3.connect(path) as database:
        for name, rows in tables.items():
            columns = ", ".join(
                f'"{column}" {"TEXT" if kind == pl.String else "NUMERIC"}'
                for column, kind in rows.schema.items()
            )
            database.execute(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join("?" for _ in rows.columns)
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows.rows())
            for column in ("settlementDate", "settlementPeriod"):
                if column in rows.columns:
                    database.execute(f'CREATE INDEX {name}_{column} ON {name} ("{column}")')
        database.execute("ANALYZE")
    settings = {"max_returned_rows": 1_000_000, "sql_time_limit_ms": 60_000}
    return Datasette([str(path)], settings=settings)


async def timed(
    ask: Callable[[], Awaitable[httpx.Response]], *, anew: bool = True
) -> tuple[float, float, int]:
    """p50 and p95 in milliseconds, and bytes; made anew each time, or as it is kept."""
    spent, size = [], 0
    for _ in range(TRIES):
        if anew:
            answers._kept = answers._Kept(answers._KEPT_BYTES)
        start = perf_counter()
        answer = await ask()
        spent.append((perf_counter() - start) * 1000)
        assert answer.status_code == 200, answer.text[:300]
        size = len(answer.content)
    return statistics.median(spent), sorted(spent)[int(TRIES * 0.95) - 1], size


def from_memory(rows: pl.DataFrame, write: Callable[[pl.DataFrame], object]) -> float:
    """Milliseconds to write rows that are in memory, the middle of some."""
    spent = []
    for _ in range(TRIES):
        start = perf_counter()
        write(rows)
        spent.append((perf_counter() - start) * 1000)
    return statistics.median(spent)


def as_json(rows: pl.DataFrame) -> str:
    """With moments as the service writes them."""
    moments = [name for name, kind in rows.schema.items() if isinstance(kind, pl.Datetime)]
    return rows.with_columns(pl.col(moments).dt.strftime("%Y-%m-%dT%H:%M:%SZ")).write_json()


async def answers_in(client: httpx.AsyncClient, other: Datasette) -> None:
    """Each question to both, and the same rows written from memory. Milliseconds."""
    plain = {"Accept-Encoding": "identity"}
    for words, (ours, theirs) in QUESTIONS.items():
        p50, p95, size = await timed(lambda ours=ours: client.get(ours, headers=plain))
        kept, _, _ = await timed(lambda ours=ours: client.get(ours, headers=plain), anew=False)
        their_p50, _, their_size = await timed(lambda theirs=theirs: other.client.get(theirs))
        mark = "&" if "?" in ours else "?"
        arrow = (await client.get(f"{ours}{mark}format=arrow")).content
        memory = from_memory(pl.read_ipc_stream(BytesIO(arrow)), as_json)
        click.echo(
            f"{words}: p50 {p50:.1f}, p95 {p95:.1f}, kept {kept:.1f}, {size:,} bytes. "
            f"Datasette p50 {their_p50:.1f} ({their_size:,} bytes): {their_p50 / p50:.1f} times "
            f"ours, {their_p50 / kept:.1f} times kept. "
            f"From memory {memory:.1f}: ours {p50 / memory:.1f} times"
        )
    address = "/datasets/FUELINST?settlementDateFrom=2025-10-01&settlementDateTo=2025-10-31"
    p50, p95, _ = await timed(lambda: client.get(address))
    click.echo(f"The same month, packed: p50 {p50:.1f}, p95 {p95:.1f}")


async def nine_years(client: httpx.AsyncClient, prices: pl.DataFrame) -> None:
    """Parquet of nine years of prices against writing as many rows from memory."""
    wanted = "/balancing/settlement/system-prices/2020-01-05?format=parquet"
    p50, p95, size = await timed(lambda: client.get(wanted))
    click.echo(f"Parquet of a price day: p50 {p50:.1f}, p95 {p95:.1f}, {size:,} bytes")
    start = perf_counter()
    rows = dataset_rows(actor=ANYONE, name="system_prices").rows
    buffer = BytesIO()
    rows.write_parquet(buffer, compression="zstd")
    spent = (perf_counter() - start) * 1000
    memory = from_memory(prices, lambda frame: frame.write_parquet(BytesIO(), compression="zstd"))
    click.echo(
        f"Nine years of prices, read and written as Parquet: {spent:.0f} ms, "
        f"{len(buffer.getvalue()):,} bytes; the file's rows from memory {memory:.0f} ms: "
        f"{spent / memory:.1f} times"
    )


async def fan_out() -> None:
    """Milliseconds from the end of a store to the last of many listeners being told."""
    feed = ChangeFeed(poll_seconds=0.1)
    streams = []
    for number in range(LISTENERS):
        listener = await feed.join(f"client {number}")
        streams.append(event_stream(listener, after=None, datasets=frozenset(), feed=feed))
    for stream in streams:
        await anext(stream)
    await asyncio.to_thread(
        store_rows,
        actor=CONSOLE_OPERATOR,
        name="bid_offer_data",
        rows=bids().with_columns(pl.col("settlement_date") + timedelta(days=1)),
        source="bench",
        now=NOW,
    )
    start = perf_counter()
    await asyncio.gather(*(anext(stream) for stream in streams))
    spent = (perf_counter() - start) * 1000
    for stream in streams:
        await stream.aclose()
    click.echo(
        f"{LISTENERS} listeners told of one ingest within {spent:.0f} ms (asked every 100 ms)"
    )


def main() -> None:
    """All of it."""
    if not REAL.is_dir():
        click.echo(f"Skipped: no real data at {REAL}.")
        return
    with tempfile.TemporaryDirectory() as folder, fresh_installation(Path(folder)):
        fuel, prices = (
            REAL / "fuel/fuelinst_year_2025_month_10.parquet",
            REAL / "prices/system_prices_2016_2024.parquet",
        )
        spent = take_in("FUELINST", fuel)
        start = perf_counter()
        read = pl.read_parquet(fuel)
        reading = perf_counter() - start
        click.echo(
            f"Ingest: {read.height / spent:,.0f} rows/s checked and stored; Polars reads the file "
            f"at {read.height / reading:,.0f} rows/s (ratio {spent / reading:.0f})"
        )
        take_in("DISEBSP", prices)
        store_rows(
            actor=CONSOLE_OPERATOR, name="bid_offer_data", rows=bids(), source="bench", now=NOW
        )
        asyncio.run(_compared(Path(folder), read, pl.read_parquet(prices)))


async def _compared(folder: Path, fuel: pl.DataFrame, prices: pl.DataFrame) -> None:
    app = FastAPI()
    app.include_router(router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://bench{PREFIX}", timeout=60
    ) as client:
        stored = {
            "prices": _texts(prices),
            "fuel": _texts(fuel.filter(pl.col("source").str.starts_with("Elexon"))),
            "bids": _texts(
                bids().rename(
                    {"settlement_date": "settlementDate", "settlement_period": "settlementPeriod"}
                )
            ),
        }
        other = beside(folder, stored)
        await other.invoke_startup()
        await answers_in(client, other)
        await nine_years(client, prices)
        await fan_out()


def _texts(rows: pl.DataFrame) -> pl.DataFrame:
    """Moments and dates as SQLite keeps them."""
    times = [name for name, kind in rows.schema.items() if kind.is_temporal()]
    return rows.with_columns(pl.col(times).cast(pl.String))


if __name__ == "__main__":
    main()

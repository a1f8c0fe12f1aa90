"""Real adjustment actions, from the file as it was published to the actions of the stack (V10).

Contains BMRS data © Elexon Limited copyright and database right. Six days of DISBSAD: four of 2023,
the short day and the long day of 2024 (of which periods 49 and 50 were not fetched). Each file is
taken in by the importer, read back, and settled: the price is cost over volume, what was bought is
positive, and placeholders are no actions.
"""

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from kinnect_app.ingest.disbsad import DISBSAD
from settlement_engine.given import AdjustmentActions
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.actor import ANYONE
from state.services.datasets import dataset_rows
from tests.unit.state.services.feeds import take_in

DATA = Path(__file__).parents[3] / "shared/data/insights/disbsad"
KEY = ["settlement_period", "action_id"]
EQUAL = 1e-9

DAYS = [
    date(2023, 1, 1),
    date(2023, 1, 2),
    date(2023, 1, 3),
    date(2023, 1, 4),
    date(2024, 3, 31),
    date(2024, 10, 27),
]

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the real actions are not at {DATA}")


def published(day: date) -> list[dict[str, object]]:
    return json.loads(gzip.decompress((DATA / f"DISBSAD_{day}.json.gz").read_bytes()))["data"]


def stored(day: date) -> pl.DataFrame:
    """The actions of a day through the store, in the columns that the engine is given."""
    take_in(DISBSAD, DATA / f"DISBSAD_{day}.json.gz")
    columns = AdjustmentActions.column_names()
    read = {"actor": ANYONE, "name": "adjustment_actions", "columns": columns}
    return dataset_rows(**read, since=day, until=day).rows


def settled(actions: pl.DataFrame, day: date) -> pl.DataFrame:
    """The actions of the stack: no acceptances were given, so it holds adjustments alone."""
    nothing = {
        name: TRADING_CHARGES.given[name].create_empty() for name in TRADING_CHARGES.required
    }
    given = {**nothing, "adjustment_actions": actions}
    return TRADING_CHARGES.settle(
        given, since=day, until=day, wanted=["balancing_actions"]
    ).decimals("balancing_actions")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_real_action_has_its_price_and_its_sign(database: Path, day: date) -> None:
    actions = settled(stored(day), day)
    expected = {
        (row["settlementPeriod"], str(row["id"])): row for row in published(day) if row["volume"]
    }
    found = {(row["settlement_period"], row["action_id"]): row for row in actions.to_dicts()}
    assert found.keys() == expected.keys()
    for key, row in found.items():
        given = expected[key]
        price = given["cost"] / given["volume"]
        # The engine counts prices in 0.00001 GBP/MWh, half of which is the furthest it may be off.
        assert abs(row["price_gbp_per_mwh"] - price) <= 0.000005 + EQUAL
        assert abs(row["volume_mwh"] - given["volume"]) <= EQUAL
        bought = given["volume"] > 0
        assert row["action_type"] == ("buy_adjustment" if bought else "sell_adjustment")
        assert row["so_flag"] is given["soFlag"]
        assert row["stor_flag"] is given["storFlag"]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_what_is_stored_gives_the_price_to_a_billionth(database: Path, day: date) -> None:
    price = pl.col("cost_gbp") / pl.col("volume_mwh")
    prices = stored(day).select(*KEY, price=price)
    expected = {
        (row["settlementPeriod"], str(row["id"])): row["cost"] / row["volume"]
        for row in published(day)
        if row["volume"]
    }
    assert prices.height == len(expected)
    for period, action, found in prices.iter_rows():
        assert abs(found - expected[period, action]) <= EQUAL


def test_the_days_have_what_the_rules_are_about(database: Path) -> None:
    """Cost below zero, sales at either sign, no cost at all, a whole day of 46 periods."""
    frames = {day: stored(day) for day in DAYS}
    together = pl.concat(frames.values())
    price = pl.col("cost_gbp") / pl.col("volume_mwh")
    kinds = together.select(
        paid_to_sell=((pl.col("volume_mwh") < 0) & (price < 0)).any(),
        sold=((pl.col("volume_mwh") < 0) & (price > 0)).any(),
        bought=(pl.col("volume_mwh") > 0).any(),
        free=(pl.col("cost_gbp") == 0).any(),
    )
    assert all(kinds.row(0))
    assert (together["volume_mwh"] != 0).all()
    assert frames[date(2024, 3, 31)]["settlement_period"].max() == 46
    assert frames[date(2024, 10, 27)]["settlement_period"].max() <= 48


def test_an_action_without_a_cost_has_no_price(database: Path) -> None:
    day = DAYS[0]
    unpriced = stored(day).with_columns(cost_gbp=pl.lit(None, pl.Float64))
    assert settled(unpriced, day)["price_gbp_per_mwh"].is_null().all()


def test_the_day_after_has_none(database: Path) -> None:
    after = DAYS[-1] + timedelta(days=1)
    stored(DAYS[-1])
    rows = dataset_rows(actor=ANYONE, name="adjustment_actions", since=after, until=after).rows
    assert rows.is_empty()

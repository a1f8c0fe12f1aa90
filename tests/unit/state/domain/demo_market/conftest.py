"""One week of the demo market that holds the long day of October, made once for all tests."""

from datetime import date

import polars as pl
import pytest

from state.domain.demo_market.market import DemoMarket, demo_market

SEED = 7
LONG_DAY = date(2026, 10, 25)


@pytest.fixture(scope="session")
def market() -> DemoMarket:
    return demo_market(SEED, date(2026, 10, 27), weeks=1)


@pytest.fixture(scope="session")
def frames(market: DemoMarket) -> dict[str, pl.DataFrame]:
    return market.frames()

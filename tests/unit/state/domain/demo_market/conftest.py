"""Weeks of the demo market that hold the long and the short day, made once for all tests."""

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


@pytest.fixture(scope="session")
def spring_frames() -> dict[str, pl.DataFrame]:
    """The week that holds the short day of March."""
    return demo_market(SEED, date(2026, 3, 31), weeks=1).frames()


@pytest.fixture(params=["frames", "spring_frames"])
def week(request: pytest.FixtureRequest) -> dict[str, pl.DataFrame]:
    """The frames of a week whose clocks change: back, then forward."""
    return request.getfixturevalue(request.param)

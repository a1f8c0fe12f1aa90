from datetime import date

import polars as pl
import pytest

from state.domain.datasets import dataset
from state.domain.demo_market.market import DemoMarket
from state.domain.made_rows import made_rows


@pytest.fixture(scope="module")
def published(market: DemoMarket) -> dict[str, pl.DataFrame]:
    return market.publications(market.since, market.until)


def test_every_publication_fits_its_dataset(published: dict[str, pl.DataFrame]) -> None:
    assert len(published) == 16
    for name, rows in published.items():
        assert made_rows(rows, dataset(name)).refusals == (), name
        assert not rows.is_empty(), name


def test_a_range_agrees_with_the_days_of_it(
    market: DemoMarket, published: dict[str, pl.DataFrame]
) -> None:
    day = date(2026, 10, 25)
    alone = market.publications(day, day)
    assert alone["national_demand"].height == 50
    for name in ("national_demand", "transmission_system_demand", "system_frequency"):
        assert alone[name].equals(
            published[name].join(
                alone[name].select(alone[name].columns[0]).unique(),
                on=alone[name].columns[0],
                how="semi",
            )
        ), name


def test_a_forecast_is_published_before_its_time_and_errs_less_when_it_is_nearer(
    published: dict[str, pl.DataFrame],
) -> None:
    outturn = published["national_demand"].select("start_at", actual="demand_mw")
    told = published["national_demand_forecast"].join(outturn, on="start_at")
    assert told.filter(pl.col("published_at") >= pl.col("start_at")).is_empty()
    wrong = told.sort("published_at").with_columns(
        wrong=(pl.col("demand_mw") - pl.col("actual")).abs()
    )
    by_period = wrong.group_by("start_at")
    first = by_period.agg(pl.col("wrong").first())["wrong"].mean()
    last = by_period.agg(pl.col("wrong").last())["wrong"].mean()
    assert last < first


def test_the_day_s_energy_is_half_the_sum_of_its_half_hours(
    published: dict[str, pl.DataFrame],
) -> None:
    halves = published["national_demand"].group_by("settlement_date").agg(pl.col("demand_mw").sum())
    both = published["national_demand_daily"].join(halves, on="settlement_date")
    assert both.filter(pl.col("demand_mwh") * 2 != pl.col("demand_mw")).is_empty()


def test_frequency_stays_where_a_system_can_run(published: dict[str, pl.DataFrame]) -> None:
    hertz = published["system_frequency"]["frequency_hz"]
    assert 49.5 < hertz.min() < 49.9
    assert 50.1 < hertz.max() < 50.5
    assert abs(hertz.mean() - 50) < 0.01

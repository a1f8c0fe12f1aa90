from datetime import timedelta

import polars as pl


def test_one_provider_trades_and_the_other_reports_nothing(frames):
    index = frames["market_index"]
    trading, resting = (
        index.filter(pl.col("provider") == provider) for provider in ("APXMIDP", "N2EXMIDP")
    )
    assert trading.height == resting.height == 7 * 48 + 2
    assert resting["volume_mwh"].max() == resting["price_gbp_per_mwh"].max() == 0
    assert trading["volume_mwh"].min() > 25
    assert 30 < trading["price_gbp_per_mwh"].mean() < 150


def test_the_index_is_published_after_its_period_ended(market, frames):
    first = frames["market_index"].row(0, named=True)
    start = frames["physical_notifications"]["from_at"].min()
    assert first["published_at"] - start == timedelta(minutes=75)


def test_adjusters_and_chances_are_small_and_not_below_zero(frames):
    adjusters = frames["price_adjusters"]
    assert adjusters["buy_price_adjuster_gbp_per_mwh"].is_between(0, 10).all()
    assert adjusters["buy_price_adjuster_gbp_per_mwh"].max() > 1
    assert (adjusters["sell_price_adjuster_gbp_per_mwh"] == 0).all()
    chance = frames["loss_of_load"]["loss_of_load_probability"]
    assert chance.is_between(0, 0.2).all()
    assert chance.max() > 0.02
    assert chance.median() < 0.001


def test_reserve_stands_ready_twice_a_day_on_local_clocks(frames):
    windows = frames["stor_windows"]
    assert windows.height == 14
    local = windows.select(pl.col("starts_at").dt.convert_time_zone("Europe/London").dt.hour())
    assert sorted(local["starts_at"].unique()) == [6, 16]
    assert (windows["ends_at"] > windows["starts_at"]).all()
    assert windows["starts_at"].is_sorted()
